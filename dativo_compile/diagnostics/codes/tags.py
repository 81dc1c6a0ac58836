"""Codes of `merge_tags`: what tags say and how they meet (DC6001 to DC6099)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

TAG_FLOAT = Code(
    "DC6001", "tag-is-float", "error", "`{tag}` is a number with a point, and tags are text",
    """Tags and table properties are text. A whole number has one spelling, but `1.10` read as a number is `1.1`, and
`1e3` is `1000.0`: what you wrote would not be what you find in the catalog.

Put quotes around it. For a Terraform output, make the output a string (`tostring(...)` or `format(...)`).""",
)  # fmt: skip
TAG_SHAPE = Code(
    "DC6002", "tag-has-no-text", "error", "`{tag}` is {what}, which has no text form",
    """A tag is text, a whole number, true or false, or a list of these, which is joined with commas. Mappings are
understood under `custom` alone, one level deep (and in an asset's `compliance`, where nested keys are joined with
dots).

Flatten the value, or move its parts to tags of their own.""",
)  # fmt: skip
TAG_COMMA = Code(
    "DC6003", "tag-element-has-comma", "error", "an element of `{tag}` contains a comma",
    """Lists become text joined with commas, and readers split them there again. An element that itself contains a comma
would come back as two.

Write the element without a comma. Often a list was written inside quotes: `["SOC2,GDPR"]` instead of
`[SOC2, GDPR]`.""",
)  # fmt: skip
TAG_REPEATED = Code(
    "DC6004", "tag-element-repeated", "warning", "`{tag}` lists `{element}` more than once",
    """An element of a list tag is repeated. The text has it once, at its first position.

Remove the repetition.""",
)  # fmt: skip
NULL_IDLE = Code(
    "DC6005", "null-removes-nothing", "warning", "the empty `{tag}` removes nothing",
    """A tag without a value (`cost_center:` and nothing after it, or `null`) removes what weaker levels set for that
tag. No weaker level sets it here, so nothing is removed; most often the value was forgotten.

Give it a value, write `""` if it is meant to be an empty text, or remove the line.""",
)  # fmt: skip
CUSTOM_BESIDE = Code(
    "DC6006", "custom-tag-beside-tag", "warning", "`{tag}` stands beside `custom.{tag}`",
    """The same name is used for a tag and for a custom tag. They are two tags (`owner` and `custom.owner`), and whoever
looks for one finds the other.

Keep one of the two, or rename one.""",
)  # fmt: skip
TAG_TWICE = Code(
    "DC6007", "tag-stands-twice", "error", "`{tag}` is given twice",
    """Two spellings give the same tag: a mapping (`custom: {a: b}`) and a key with a dot (`custom.a: b`) beside it.
Which of the two is meant is anybody's guess.

Remove one of the two.""",
)  # fmt: skip
TAG_CONTRADICTS = Code(
    "DC6008", "tag-contradicts-job", "error", "the tag `{tag}` is `{value}`, but the job's {tag} is `{known}`",
    """The names `provider`, `region`, `account_id`, `project_id` and `tenant_id` are known of the job itself and reach
the table as `infrastructure.NAME`. A tag of that name must say the same: otherwise a bill or an audit that goes by tags
would name another place than the one where the data lies.

Correct the tag or the job, or remove the tag: the table property is there without it.""",
    guarded=True,
)  # fmt: skip
OVERRIDE_UNKNOWN = Code(
    "DC6009", "override-without-column", "warning", "the asset `{asset}` has no column `{column}`",
    """`classification_overrides` maps columns to classes (and `default` to the class of the table). A key that is no
column of the asset classifies nothing that exists; if it is a slip of the hand, the column that was meant keeps its old
class. The property `classification.fields.NAME` is written as the job says.

Correct the name of the column.""",
)  # fmt: skip
PATTERN_MALFORMED = Code(
    "DC6013", "tag-pattern-malformed", "error", "the pattern of `{key}` is no regular expression: {reason}",
    """A pattern under `tags.patterns` in `dativo.yaml` is a name (`email`) or a regular expression as Python reads it,
which the whole value of the tag must match. This one cannot be read, so no tag could ever be compared with it.

Correct the pattern. A sign that means something in a pattern, such as `+` or `(`, is written with a backslash before
it to mean itself; in YAML, single quotes (`'[A-Z]+\\.[0-9]{3}'`) leave backslashes alone.""",
)  # fmt: skip

CODES = (
    TAG_FLOAT, TAG_SHAPE, TAG_COMMA, TAG_REPEATED, NULL_IDLE, CUSTOM_BESIDE, TAG_TWICE, TAG_CONTRADICTS,
    OVERRIDE_UNKNOWN, PATTERN_MALFORMED,
)  # fmt: skip
