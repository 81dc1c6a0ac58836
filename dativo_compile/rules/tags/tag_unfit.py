"""Tags must fit where they are sent: what a cloud refuses fails an apply, and what a catalog refuses fails a run."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.model.job import TaggedJob
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.rules.tags.destinations import sent_by
from dativo_compile.rules.tags.origins import block_place, key_place, key_shown, listed, value_place
from dativo_compile.tags.bill import PREFIX
from dativo_compile.tags.projections import PROJECTIONS, Fault, Projection

# Of AWS; the page of each destination stands beside its projection.
LIMITS = "https://docs.aws.amazon.com/awsaccountbilling/latest/aboutv2/custom-tags.html#allocation-tag-restrictions"

TAG_KEY_REFUSED = Code(
    "DC6015",
    "tag-key-refused",
    "error",
    "`{tag}` cannot be the key of {thing}: {why}",
    """\
Before tags are sent anywhere, each key is brought to the style and the characters of the destination (the page
TAG_PROPAGATION.md has the tables). This key is still none there: AWS keeps keys that start with `aws:` for
itself, Azure names that start with `microsoft`, `azure` or `windows`, and the key of a label of Google Cloud
starts with a letter. `terraform apply` would fail, or a run that sets the tags.

Rename the tag, give it another name there under `tags.names` of `dativo.yaml`, or, if your tags do not go
there, leave the destination out of `tags.destinations`.""",
    source=LIMITS,
)
TAG_TOO_LONG = Code(
    "DC6016",
    "tag-too-long",
    "error",
    "`{tag}` is too long for {thing}: {why}",
    """\
Every place that holds tags has a limit to their length: on AWS a key has 128 characters and a value 256, a
label of Google Cloud 63 in each, on Azure a name has 512 (on a storage account 128) and a value 256, a
parameter of a Glue table 255 and 512,000 bytes. A tag that was cut would be another tag, so none is cut.

Write it shorter: long texts belong in a `description`. A key can have a shorter name there, under `tags.names`
of `dativo.yaml`. If your tags do not go there, leave the destination out of `tags.destinations`.""",
    source=LIMITS,
)
TAGS_COLLIDE = Code(
    "DC6017",
    "tags-collide",
    "error",
    "{tags} collide as {things}: {why}",
    """\
What a destination cannot hold in a key becomes `_`, styles turn `cost_center` and `costCenter` into one
`CostCenter`, Google Cloud has no capitals, and to Azure `Owner` and `owner` are one name. Two tags of a job
would come out as one there, and which of them stays would be chance.

Remove one of them, rename it, or give it another name there under `tags.names` of `dativo.yaml`.""",
)
TAGS_TOO_MANY = Code(
    "DC6018",
    "tags-too-many",
    "error",
    "the job has {size} {things}, and there is room for {limit}",
    """\
There is room for so many tags and no more: 50 on a resource of AWS, 64 labels on one of Google Cloud, 50 on
Azure and in Unity Catalog, 10 on an object of S3. The provider refuses all of them if there is one too many.

Remove tags, or move facts that nobody groups costs by to `infrastructure.metadata`. If your tags do not go
there, leave the destination out of `tags.destinations` of `dativo.yaml`.""",
    source=LIMITS,
)


def tag_unfit(tagged: TaggedJob, project: Project) -> Iterator[Diagnostic]:
    """A tag that is too long for a bill and for a catalog is one finding: the first."""
    seen: set[tuple[str, Place | None]] = set()
    for destination, prefix, projected in sent_by(tagged, project):
        for fault in projected.faults:
            found = _finding(fault, prefix, PROJECTIONS[destination], tagged)
            if (found.code.id, found.place) not in seen or found.code is TAGS_TOO_MANY:
                seen.add((found.code.id, found.place))
                yield found


def _finding(fault: Fault, prefix: str, projection: Projection, tagged: TaggedJob) -> Diagnostic:
    if fault.reason == "collision":
        return _collision(fault, prefix, projection, tagged)
    if fault.reason == "too-many":
        return _too_many(fault, prefix, projection, tagged)
    linked = tagged.placed.linked
    origin = _origin(tagged, prefix + fault.keys[0])
    value = fault.reason == "value-too-long"
    tag, thing = key_shown(fault.keys[0]), projection.thing
    place = value_place(linked, origin) if value else key_place(linked, origin)
    if fault.size:
        help = "write it shorter" + ("" if value else _or_name(projection))
        return diagnose(TAG_TOO_LONG, place, help=help, tag=tag, thing=thing, why=fault.text)
    notes = (f"its key there would be `{key_shown(fault.made)}`",) if fault.made != fault.keys[0] else ()
    help = f"rename it{_or_name(projection)}"
    return diagnose(TAG_KEY_REFUSED, place, notes=notes, help=help, tag=tag, thing=thing, why=fault.text)


def _too_many(fault: Fault, prefix: str, projection: Projection, tagged: TaggedJob) -> Diagnostic:
    notes: tuple[str, ...] = ()
    help = f"remove some, or leave `{projection.name}` out of `tags.destinations` in dativo.yaml"
    if prefix == PREFIX:
        notes = ("`tenant_id` and `environment` count: every bill has them",)
        help = "remove some, or move what no bill goes by to `infrastructure.metadata`"
    return diagnose(
        TAGS_TOO_MANY, block_place(tagged.placed.linked), notes=notes, help=help,
        size=fault.size, things=projection.things, limit=fault.limit,
    )  # fmt: skip


def _collision(fault: Fault, prefix: str, projection: Projection, tagged: TaggedJob) -> Diagnostic:
    linked = tagged.placed.linked
    places = sorted((key_place(linked, _origin(tagged, prefix + key)), key) for key in fault.keys)
    *others, (place, _) = places
    return diagnose(
        TAGS_COLLIDE, place, help=f"remove or rename one of them{_or_name(projection)}",
        related=tuple(Related(other, f"`{key_shown(key)}` stands here") for other, key in others),
        tags=listed([key_shown(key) for _, key in places]), things=projection.things, why=fault.text,
    )  # fmt: skip


def _origin(tagged: TaggedJob, name: str) -> Any:
    """Of a property; what goes to the bill without being one is the job's environment."""
    return tagged.property_origins.get(name) or tagged.placed.linked.document.marks["environment"]


def _or_name(projection: Projection) -> str:
    cloud = projection.name.partition("_")[0]
    return f", or give it a name under `tags.names.{cloud}` of dativo.yaml" if projection.style != "plain" else ""
