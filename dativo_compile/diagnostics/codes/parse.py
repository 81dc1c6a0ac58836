"""What `parse` refuses: text that is no YAML, and documents that break their schema."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

YAML_SYNTAX = Code(
    "DC1101",
    "yaml-syntax",
    "error",
    "{problem}",
    """\
The text is not YAML. Reading ends at the first such fault, for what follows broken text cannot be
trusted: there may be more to mend below it.

Where a quote or a bracket is never closed, the place is its beginning; else it is where the reader
could not go on. If nothing is wrong there, look just above it: the cause is often a missing space
after a colon, a quote too many, or a line that is indented a little differently from its neighbours.
Text that holds `: `, ` #`, or starts with one of ``*&!%@`|>{}[]`` goes in quotes.
""",
    guarded=True,
)
YAML_TAB = Code(
    "DC1102",
    "yaml-tab",
    "error",
    "a tab cannot indent YAML",
    """\
YAML is indented with spaces. A tab has no width that all programs agree on, so the format forbids it
in indentation.

Replace each tab by spaces; most editors do so for a whole file at once.
""",
    guarded=True,
)
YAML_ENCODING = Code(
    "DC1103",
    "yaml-encoding",
    "error",
    "{problem}",
    """\
Every file is read as UTF-8 without control characters. A byte that is not UTF-8, a NUL, or a file in
UTF-16 usually comes from an editor or a shell that saved it in another encoding.

Save the file as UTF-8.
""",
    guarded=True,
)
YAML_BOUNDS = Code(
    "DC1104",
    "yaml-bounds",
    "error",
    "{problem}",
    """\
A file may have 10,000,000 bytes, 250,000 values, 100 levels of nesting, and aliases that add 100,000
values to it.
These bounds are far above what a job needs; they stop files that are small on disk and huge in
memory (an alias of aliases of aliases).

Write the values out where aliases of aliases pile up, and split a file that has grown too large.
""",
    guarded=True,
)
YAML_DUPLICATE = Code(
    "DC1105",
    "yaml-duplicate-key",
    "error",
    "the key `{key}` is here twice",
    """\
A mapping has each key once. Many programs keep the last value in silence, so that a line which looks
effective is not: here both places are shown.

Remove one of the two. Two documents pasted into one file often show up as duplicate keys: put each
into a file of its own.
""",
    guarded=True,
)
YAML_DOCUMENTS = Code(
    "DC1106",
    "yaml-documents",
    "error",
    "a second document starts here",
    """\
A file holds one document. A line `---` after the first value starts another one, which would be lost.

Put each document into a file of its own; a job's id is the path of its file.
""",
    guarded=True,
)
YAML_TAG = Code(
    "DC1107",
    "yaml-tag",
    "error",
    "{problem}",
    """\
A tag such as `!env` asks the reader to do something that this file cannot define. The core tags
(`!!str`, `!!int`, `!!float`, `!!bool`, `!!null`, `!!map`, `!!seq`) are read; no other is.

Remove the tag. A value from the environment is written `${NAME}`.
""",
    guarded=True,
)
YAML_KEY = Code(
    "DC1108",
    "yaml-key",
    "error",
    "{problem}",
    """\
Keys are text. A number, `true`, nothing at all, or a list as a key is no name that a manifest could
hold.

Put the key in quotes if it is meant as text.
""",
    guarded=True,
)
YAML_NUMBER = Code(
    "DC1109",
    "yaml-number",
    "error",
    "{problem}",
    """\
The scalar reads as a number that JSON cannot hold exactly: infinite, not a number, too large for a
double, or longer than 4,000 digits. Rounding it in silence would change what you wrote.

Put it in quotes if it is text.
""",
    guarded=True,
)
NOT_A_MAPPING = Code(
    "DC1201",
    "not-a-mapping",
    "error",
    "the file holds {found}, not a mapping",
    """\
Every file is a mapping of keys to values at its top level. An empty file, a file of comments only, a
list and a lone scalar are not.

`dativo init` writes a small project with one file of each kind, to copy from.
""",
    guarded=True,
)
KEY_UNKNOWN = Code(
    "DC1202",
    "key-unknown",
    "error",
    "unknown key `{key}`{where}",
    """\
The key has no meaning here, so that what it says would be ignored. Most often it is misspelt, or
indented too little or too much: the help then names the key or the mapping that was probably meant.

Correct or remove it. Keys of your own are welcome at the top level of a job or of `dativo.yaml` if
they start with `x-`.
""",
    guarded=True,
)
KEY_MISSING = Code(
    "DC1203",
    "key-missing",
    "error",
    "{keys} is missing{where}",
    """\
The key is required. Without it the compiler would have to guess, and a manifest says nothing that
nobody wrote.

Add the key to the mapping that is shown; for a key missing at the top level the place is the start of
the file. If it is there, look at its indentation: it may belong to its neighbour.
""",
    guarded=True,
)
TYPE_WRONG = Code(
    "DC1204",
    "type-wrong",
    "error",
    "`{path}` must be {expected}, not {found}",
    """\
The value is of another kind than the key needs. YAML decides by looks: `1.10` is the number 1.1 and
`true` is a boolean, unless they are in quotes; a key without a value is empty.

Write a value of the kind that the message names: text that looks like something else goes in quotes,
a list has a line with `- ` for each element.
""",
    guarded=True,
)
VALUE_NOT_ALLOWED = Code(
    "DC1205",
    "value-not-allowed",
    "error",
    "`{path}` must be {expected}, not {found}",
    """\
The key takes one of a few words, in exactly this spelling and case. Any other word would have to be
ignored, or guessed at.

Choose one of the words that the message lists.
""",
    guarded=True,
)
VALUE_MALFORMED = Code(
    "DC1206",
    "value-malformed",
    "error",
    "`{path}` must be {expected}",
    """\
The value has a form that cannot work where it goes. Tenants, environments and workspaces become parts
of names and paths, so that only characters which are safe everywhere may stand in them.

Write the value in the form that the message gives.
""",
    guarded=True,
)
OUT_OF_RANGE = Code(
    "DC1207",
    "out-of-range",
    "error",
    "`{path}` must be {expected}",
    """\
The number, or the length of the value, is outside what the key can mean: a port above 65535, or a
retry count below zero.

Give a value inside the range that the message names.
""",
    guarded=True,
)
VALUE_EMPTY = Code(
    "DC1208",
    "value-empty",
    "error",
    "`{path}` must not be empty",
    """\
The value is there but says nothing: text without a character, a list without an element. What was
meant by it would be a guess.

Leave the key out if nothing is meant, or give at least one character, element or key.
""",
    guarded=True,
)
ACCOUNT_UNQUOTED = Code(
    "DC1209",
    "account-unquoted",
    "error",
    "`{path}` is a number; its leading zeros would be lost",
    """\
An AWS account id is text of 12 digits. Without quotes YAML reads a number: `012345678901` becomes
12345678901, another account.

Write it in quotes: `account_id: "012345678901"`.
""",
    guarded=True,
)
SELECTIONS = Code(
    "DC1210",
    "several-selections",
    "error",
    "`{where}` selects {given}",
    """\
A source reads one of `files`, `tables`, `objects` and `sheets`: a job writes one table, from objects
of one kind.

Keep one of the selections. To read both, write two jobs.
""",
    guarded=True,
)
PATH_NOT_PORTABLE = Code(
    "DC1211",
    "path-not-portable",
    "error",
    "`{path}` is {what}",
    """\
Paths name files of the project, with `/` between their parts on every system. A URL is not read, and
a backslash would be a part of the name on one machine and a separator on another.

Write the path from the project's root, with `/`.
""",
    guarded=True,
)

CODES = (
    YAML_SYNTAX,
    YAML_TAB,
    YAML_ENCODING,
    YAML_BOUNDS,
    YAML_DUPLICATE,
    YAML_DOCUMENTS,
    YAML_TAG,
    YAML_KEY,
    YAML_NUMBER,
    NOT_A_MAPPING,
    KEY_UNKNOWN,
    KEY_MISSING,
    TYPE_WRONG,
    VALUE_NOT_ALLOWED,
    VALUE_MALFORMED,
    OUT_OF_RANGE,
    VALUE_EMPTY,
    ACCOUNT_UNQUOTED,
    SELECTIONS,
    PATH_NOT_PORTABLE,
)
