"""What can go wrong with the build folder itself."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

BUILD_NOT_FOLDER = Code(
    "DC8001",
    "build-not-folder",
    "error",
    "`{path}` is not a folder",
    """\
Manifests are written into a folder, and where that folder should be (or one of the folders above
it) there is something else. It is left alone, and nothing was written.

Move the file away, or choose another folder with `-o`.""",
    guarded=True,
)

BUILD_LINK = Code(
    "DC8002",
    "build-link",
    "error",
    "`{path}` is a symbolic link",
    """\
The build folder, or something in it that would have to be written, is a symbolic link. The compiler
does not write through links: it could not promise that only its own files change, or that a rename
stays on one file system. Nothing was written.

Give `-o` the folder that the link points to, or remove a link inside the build folder.""",
    guarded=True,
)

BUILD_IN_USE = Code(
    "DC8003",
    "build-in-use",
    "error",
    "another compile is writing to `{path}`",
    """\
Two compiles into one folder exclude each other, or the manifests of one could meet the index of the
other. The second one fails at once and writes nothing. The mark that keeps it out belongs to the
running process: it ends with it, even if that process is killed.

Wait for the other compile to end, or give this one another folder with `-o`.""",
    guarded=True,
)

BUILD_FILE_FOREIGN = Code(
    "DC8004",
    "build-file-foreign",
    "error",
    "`{path}` was not written by a compile",
    """\
A manifest belongs at this place, but a file is there that the previous `index.json` does not list.
A file that the compiler did not write is never overwritten and never deleted; nothing was written.

Move the file away, or choose another folder with `-o`. If it is an old manifest whose `index.json`
was lost, delete the build folder and compile again: everything in it can be made anew.""",
    guarded=True,
)

INDEX_UNREADABLE = Code(
    "DC8005",
    "index-unreadable",
    "error",
    "`{path}` is not an index that a compile wrote",
    """\
`index.json` says which files of the build folder belong to the compiler. This one cannot be read (cut
short, edited, a merge conflict, or another program's file), so that no file can be told from a foreign
one. Nothing was written.

Delete the build folder and compile again: everything in it can be made anew. If the file is another
program's, choose another folder with `-o`.""",
    guarded=True,
)

BUILD_FULL = Code(
    "DC8006",
    "build-full",
    "error",
    "no space is left to write to `{path}`",
    """\
The file system is full, a quota is used up, or a file would be larger than the process may write.
What had been written was taken back: the build folder is as it was before.

Make space and compile again.""",
    guarded=True,
)

BUILD_NOT_WRITABLE = Code(
    "DC8007",
    "build-not-writable",
    "error",
    "`{path}` may not be written",
    """\
The folder or the file system is read-only, or belongs to somebody else. Nothing was changed. A compile
that would change nothing needs no permission to write.

Change the permissions, or choose another folder with `-o`.""",
    guarded=True,
)

BUILD_WRITE_FAILED = Code(
    "DC8008",
    "build-write-failed",
    "error",
    "`{path}` could not be written",
    """\
The operating system refused to write, for the reason that the note gives (a path that is too long, an
input/output error, ...). What had been written was taken back: the build folder is as it was before.

Remove the cause, or choose another folder with `-o`.""",
    guarded=True,
)

CODES = (
    BUILD_NOT_FOLDER,
    BUILD_LINK,
    BUILD_IN_USE,
    BUILD_FILE_FOREIGN,
    INDEX_UNREADABLE,
    BUILD_FULL,
    BUILD_NOT_WRITABLE,
    BUILD_WRITE_FAILED,
)
