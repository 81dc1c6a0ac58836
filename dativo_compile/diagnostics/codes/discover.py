"""Codes of `discover`: files and names before anything is parsed (DC1001 to DC1199)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

PATH_OUTSIDE = Code(
    "DC1001", "path-outside", "error", "`{path}` lies outside the project `{root}`",
    """Every job belongs to one project: the folder upwards from the first path that holds `dativo.yaml` or `.git`.
A job outside it could not be named, and nothing it refers to could be found.

Compile it from its own project, or say which project is meant with `--project`.""",
    guarded=True,
)  # fmt: skip
PATH_MISSING = Code(
    "DC1002", "path-missing", "error", "`{path}` does not exist",
    """A path on the command line leads nowhere: it was mistyped, or the call was made from another folder than the
paths are relative to.

Correct it. Paths are job files or folders of them.""",
    guarded=True,
)  # fmt: skip
JOBS_MISSING = Code(
    "DC1003", "jobs-missing", "error", "no job files below `{path}`",
    """A folder was given that holds no `.yaml` or `.yml` file. Compiling nothing would look like success.

Correct the path, or tell `dativo.yaml` where the jobs are: `jobs: FOLDER`.""",
    guarded=True,
)  # fmt: skip
ID_RESERVED = Code(
    "DC1004", "job-id-reserved", "error", "a job cannot be called `{id}`: {reason}",
    """A job's id is its file's path below the jobs folder, without the extension; its manifest is `build/ID.json`. The
name `index` would meet the build's own index, a leading dot would hide the manifest, and some characters cannot be
part of a file's name everywhere.

Rename the job file.""",
    guarded=True,
)  # fmt: skip
ID_TWICE = Code(
    "DC1005", "job-id-twice", "error", "the job id `{id}` is taken by `{other}`",
    """Two job files have the same id, or ids that differ in case only. On a file system that does not tell case apart
(macOS, Windows) their manifests would overwrite each other.

Rename one of the files.""",
    guarded=True,
)  # fmt: skip
FILE_UNREADABLE = Code(
    "DC1006", "file-unreadable", "error", "`{path}` {reason}",
    """A file of the project could not be read: it is missing, too large, no regular file, or not permitted. The
message gives the reason that the system gave.

Correct what stands in the way.""",
    guarded=True,
)  # fmt: skip

CODES = (PATH_OUTSIDE, PATH_MISSING, JOBS_MISSING, ID_RESERVED, ID_TWICE, FILE_UNREADABLE)
