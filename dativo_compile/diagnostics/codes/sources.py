"""Codes of writing people's own files: `dativo fmt` and `dativo init --from-state` (DC8330 to DC8349)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

FORMAT_UNSAFE = Code(
    "DC8330", "format-unsafe", "error", "the text would {reason} if it were formatted",
    """`dativo fmt` moves lines and adds quotes. Before it writes a file it reads the new text again and compares: every
value must be the same, but for an id that has got its quotes, and every comment must still be there. For this file
that was not so, and it was left as it is.

This is a fault of the formatter: please report it with the lines that matter. Compiling is not affected; the file may
be put in order by hand.""",
    guarded=True,
)  # fmt: skip
FORMAT_KIND_UNKNOWN = Code(
    "DC8331", "format-kind-unknown", "note", "`{path}` is no job, asset or connector, and was left as it is",
    """`dativo fmt` knows the order of keys in jobs (files below the jobs folder, or with `tenant_id`), in connectors
(with `type` and `roles`), in assets (with `schema`, or a data contract) and in `dativo.yaml`. Other YAML files of a
project, such as those of a build server, are not its business. Below a folder they are passed over in silence; this
one was named.

If it is one of ours, give it the keys that its kind requires. Else leave it out of the call.""",
)  # fmt: skip
SOURCE_NOT_WRITTEN = Code(
    "DC8332", "source-not-written", "error", "`{path}` was not written: {reason}",
    """A file of the project was to be replaced by its new text, and that was not possible. The new text is written
beside the file and then takes its place, so that the file is either old or new, never torn; symbolic links are not
written through, since their target may belong to another project. The file is as it was.

Remove what stands in the way, and try again.""",
    guarded=True,
)  # fmt: skip

CODES = (FORMAT_UNSAFE, FORMAT_KIND_UNKNOWN, SOURCE_NOT_WRITTEN)
