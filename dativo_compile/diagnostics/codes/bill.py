"""Codes of `dativo tags`: what jobs want on a cloud bill, and what is there (DC6040 to DC6059)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

TAGS_DISAGREE = Code(
    "DC6040", "tags-of-tenant-disagree", "error", "`{tag}` is {value} here, and {other} in another job of `{home}`",
    """The jobs of a tenant in an environment share its buckets, roles and databases, and a resource carries one value
for a tag. Two jobs that say different things in `infrastructure.tags` cannot both be right on the bill, so no tags are
exported for them, and nothing is compared with what is there.

Make the jobs agree; what is dear to one job alone belongs in its `finops`, which reaches the table and not the bill. Or
give the command the paths of jobs that do agree, if these use resources of their own. `--agreed` leaves out the tags
that jobs disagree about.""",
    guarded=True,
)  # fmt: skip
TAG_NOT_SENT = Code(
    "DC6041", "tag-not-sent", "error", "the tag `{tag}` cannot become {thing}: {reason}",
    """Clouds limit keys and values of tags, and the style of keys decides what a key becomes there: `cost_center` is
`CostCenter`, `cost_center` or `infrastructure.cost_center`. In the style that was asked for, this tag has no form that
the cloud takes, or it has the same one as another tag. Nothing is exported, since a bill without the tag would look
complete.

Shorten or rename the tag, choose another `--style`, or give its key a name of its own in `tags.names` of
`dativo.yaml`.""",
    guarded=True,
)  # fmt: skip
NO_RESOURCES = Code(
    "DC6042", "state-without-resources", "error", "{location} has outputs only, and tags are compared with resources",
    """`dativo tags drift` reads which tags the resources of a state carry. `terraform output -json` prints no
resources, and states of version 3 (Terraform 0.11) keep them in a form that is not read.

Give it the state itself (`terraform state pull > FILE`), or what `terraform show -json` prints.""",
    guarded=True,
)  # fmt: skip
NOT_IN_STATE = Code(
    "DC6043", "resource-not-in-state", "note", "no state that was read has the resource `{id}`",
    """The job declares a resource, and `dativo tags drift` found none with this id in the states of the compared jobs.
Its tags were compared with nothing. That is in order for a resource that another team's Terraform makes; it also
happens when the id has a slip, or when the resource was replaced.

Correct the id, or name the state that has it with `--state`. Where every resource must be found, make this an error:
`severity: {DC6043: error}`.""",
)  # fmt: skip

CODES: tuple[Code, ...] = (TAGS_DISAGREE, TAG_NOT_SENT, NO_RESOURCES, NOT_IN_STATE)
