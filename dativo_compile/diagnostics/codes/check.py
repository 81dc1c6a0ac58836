"""What `dativo check` finds in a build folder that no source can explain (DC8360 to DC8369)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

MANIFEST_STRAY = Code(
    "DC8360", "manifest-stray", "warning", "no job makes the manifest `{path}`",
    """A manifest lies in the build folder, but there is no job for it and `index.json` does not list it. It came with a
merge that kept an old file, or somebody copied it. A runner that is pointed at the folder would run it, and no compile
will ever update or remove it: files that the compiler did not write are never touched.

Delete it. If it should be there, bring its job back and compile.""",
)  # fmt: skip
MANIFEST_EDITED = Code(
    "DC8361", "manifest-edited", "warning", "the manifest `{path}` was edited after it was compiled",
    """The digest of a manifest is made of its own bytes, and here the two do not fit: the file was changed by hand, by
another program, or by a merge. Nobody can tell from the sources why it says what it says, a runner refuses it, and the
next compile takes the edit away.

Make the change where the value comes from (`dativo why JOB PATH` names the line) and compile.""",
    guarded=True,
)  # fmt: skip
MANIFEST_EXCHANGED = Code(
    "DC8362", "manifest-exchanged", "warning", "`{path}` is not the manifest that `index.json` lists",
    """The manifest is whole, but `index.json` has the digest of another one: the two come from different compiles. This
is what is left of a merge that took one of them from each side, or of a commit that forgot one.

Compile, and commit the whole build folder.""",
    guarded=True,
)  # fmt: skip
MANIFEST_MISSING = Code(
    "DC8363", "manifest-missing", "warning", "`index.json` lists the manifest `{path}`, which is not there",
    """The job was compiled once, since `index.json` lists it, but its manifest is gone: it was deleted, or left out of
a commit (a line in `.gitignore` may be wider than it was meant to be).

Compile, and commit the whole build folder.""",
    guarded=True,
)  # fmt: skip

CODES = (MANIFEST_STRAY, MANIFEST_EDITED, MANIFEST_EXCHANGED, MANIFEST_MISSING)
