"""A tag's key that looks like a slip of one that the project uses: its jobs are on no list that goes by the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import Diagnostic, Related, diagnose
from dativo_compile.diagnostics.near import asked
from dativo_compile.mapping.dotpath import find
from dativo_compile.model.job import Claim
from dativo_compile.model.place import Place
from dativo_compile.model.project import Project
from dativo_compile.model.source import Document
from dativo_compile.model.tag_demands import TagDemands
from dativo_compile.rules.project.claims import SHOWN
from dativo_compile.tags.slips import shapes, slipped
from dativo_compile.yaml.fixes import swapped
from dativo_compile.yaml.spans import place_of

TAG_KEY_MISSPELT = Code(
    "DC6019",
    "tag-key-misspelt",
    "warning",
    "the tag `{key}` looks like a misspelling of `{common}`",
    """\
A tag's key can be anything, so a slip of the hand makes a new tag, and the bill has a group of its own for it
(`cost_centre` beside forty `cost_center`). A key is suspected if it differs from one that is used by at least
three jobs, and ten times as often as itself, in one letter, in case, or in what parts its words.

Correct the key. If both are meant, name the rare one under `tags.known` in `dativo.yaml`.""",
)
COMMON = 3  # jobs; what fewer share is no habit yet
SHARE = 10
DOCUMENTED = frozenset((
    "business_tags", "business_unit", "classification.default", "compliance", "compliance.retention_days",
    "cost_center", "custom.data_classification", "custom.retention_policy", "data_classification",
    "encryption_required", "environment", "owner", "project", "retention_policy", "team", "tenant_id",
    "provider", "region", "account_id", "project_id",
))  # fmt: skip
OUTPUTS = ("infrastructure", "terraform", "outputs")
ASSET = ("asset_path",)
COLUMNS = "classification.fields."  # names of columns, which the asset's schema checks


def tag_key_misspelt(claims: Sequence[Claim], project: Project) -> Iterator[Diagnostic]:
    """One finding for a key, however many jobs have it."""
    users = _users(claims)
    suspects = _suspects(users, project.tags)
    having: dict[str, list[Claim]] = {key: [] for key in suspects}
    for claim in claims if suspects else ():
        for key in suspects.keys() & set(claim.tag_keys):
            having[key].append(claim)
    for key, common in sorted(suspects.items()):
        first, *others = sorted(having[key], key=lambda claim: (not claim.ours, claim.file, claim.job_id))
        if first.ours:
            fact = f"{users[common]} jobs have `{common}`"
            if common in project.tags.named:
                fact = f"dativo.yaml names `{common}` under `tags`"
            yield _finding(key, common, fact, first, others)


def _users(claims: Sequence[Claim]) -> Counter[str]:
    """Key -> how many jobs have it. Jobs with the same keys share one tuple of them."""
    tuples = Counter(claim.tag_keys for claim in claims)
    users: Counter[str] = Counter()
    for keys, count in tuples.items():
        for key in keys:
            if not key.startswith(COLUMNS):
                users[key] += count
    return users


def _suspects(users: Counter[str], demands: TagDemands) -> dict[str, str]:
    """Key -> the one that it looks like: a name of the project's before any other, then the most used."""
    named = demands.named
    right = named | demands.known | DOCUMENTED
    patterns: dict[str, list[str]] = {}
    for key in sorted({*named, *(key for key, count in users.items() if count >= COMMON)}):
        for shape in shapes(key):
            patterns.setdefault(shape, []).append(key)
    found: dict[str, str] = {}
    for key, count in users.items():
        if key in right:
            continue
        near = {other for shape in shapes(key) for other in patterns.get(shape, ())}
        usual = {other for other in near if other in named or count <= max(1, users[other] // SHARE)}
        likely = [other for other in usual if slipped(key, other)]
        if likely:
            found[key] = min(likely, key=lambda other: (other not in named, -users[other], other))
    return found


def _finding(key: str, common: str, fact: str, first: Claim, others: Sequence[Claim]) -> Diagnostic:
    place, in_asset = _place(first, key)
    notes = [fact, *(("the job's asset has it",) if in_asset else ())]
    if len(others) > SHOWN:
        notes.append(f"{len(others) - SHOWN} more jobs have `{key}`")
    related = tuple(Related(_place(one, key)[0], f"`{one.job_id}` has `{key}` too") for one in others[:SHOWN])
    document = _document(first)
    written, meant = key.removeprefix("custom."), common.removeprefix("custom.")
    fix = swapped(document.file, place, written, meant) if document and not others else None
    return diagnose(
        TAG_KEY_MISSPELT, place, notes=tuple(notes), help=asked(common), fix=fix, related=related,
        key=key, common=common,
    )  # fmt: skip


def _document(claim: Claim) -> Document | None:
    return claim.reread(claim.file) if claim.reread else None


def _place(claim: Claim, key: str) -> tuple[Place, bool]:
    """Where the job has the key, and whether that is only the line of its asset."""
    document = _document(claim)
    if document is None:
        return Place.whole(claim.file), False
    path = _path(document, key)
    return place_of(document, path, key=path in _paths(key)), path == ASSET


def _path(document: Document, key: str) -> tuple[str, ...]:
    """The key where the job writes it, or the output that is mapped to it; else the asset that has it."""
    for path in _paths(key):
        if _has(document.value, path):
            return path
    outputs = find(document.value, OUTPUTS) or {}
    for expression, to in outputs.items():
        if f"infrastructure.tags.{key}" in ([to] if type(to) is str else to):
            return (*OUTPUTS, expression)
    return ASSET


def _has(tree: object, path: tuple[str, ...]) -> bool:
    for step in path:
        if type(tree) is not dict or step not in tree:
            return False
        tree = tree[step]
    return True


def _paths(key: str) -> tuple[tuple[str, ...], ...]:
    levels = (("infrastructure", "tags"), ("finops",))
    custom = key.startswith("custom.")
    nested = tuple((*level, "custom", key.removeprefix("custom.")) for level in levels) if custom else ()
    return (*((*level, key) for level in levels), *nested)
