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

STATE_SAYS_OTHERWISE = Code(
    "DC8340", "state-says-otherwise", "warning", "`{path}` is {said} here, and {found} in the state",
    """`dativo init --from-state` adds to a job what it does not say yet. What it does say is never replaced, and here
that is not what the state tells: somebody has changed the infrastructure since, or the state is of something else.

Look which side is right, and correct this line if the state is. If both are meant, as for a job that uses two of
five buckets, leave it as it is.""",
)  # fmt: skip
STATE_HOLDS_NOTHING = Code(
    "DC8341", "state-holds-nothing", "error", "the state holds nothing that a job refers to",
    """A draft of the `infrastructure` block is made of buckets, roles, Glue databases, service accounts, BigQuery
datasets, storage accounts and managed identities that a state manages, and of outputs with the names that the
reference modules give them (`s3_bucket_name`, `gcs_bucket_name`, `storage_account_name`, ...). This state has none of
them: it may be another module's, or its resources are behind modules of other names.

Give the state of the module that makes the bucket, or of one that has such outputs. A state in version 3 or the text
of `terraform output -json` has no resources to look at, only outputs.""",
    guarded=True,
)  # fmt: skip
STATE_OF_SEVERAL_CLOUDS = Code(
    "DC8342", "state-of-several-clouds", "error", "the state is about several clouds: {clouds}",
    """A job has one `infrastructure.provider`, and this state manages resources of more than one cloud. Which one the
job is meant for cannot be told from the state.

Say it with `--provider`, or in the job: `infrastructure: {provider: {provider: aws}}`.""",
    guarded=True,
)  # fmt: skip
JOB_NOT_EDITABLE = Code(
    "DC8343", "job-not-editable", "error", "no line can be added to `{path}` as it is written",
    """What a job does not say yet is added to its text line by line, so that everything else stays as it is. That is
not possible inside of braces, or where an alias or a merge key stands for the mapping. The job was left as it is.

Write the mapping as a block, a line for each key, and run the command again; or run it without `--job`, which prints
the whole block, and copy what is missing.""",
    guarded=True,
)  # fmt: skip
OUTPUTS_NOT_MAPPED = Code(
    "DC8344", "outputs-not-mapped", "note", "{outputs} of the state {are} not mapped",
    """Outputs with the names of the reference modules go where the guide says: `s3_bucket_name` to
`target.connection.s3.bucket`, and so on. Of others only their owner knows what they are for, and a sensitive output
is never mapped without being asked: where one stands, the manifest names a secret that the runner must be able to
read.

Map those that the job needs, for example `database_password: source.connection.password`.""",
)  # fmt: skip
STATE_NOT_FOUND = Code(
    "DC8345", "state-not-found-by-jobs", "note", "nothing tells the job where this state lies",
    """A job finds its state through its module's folder, a backend, or an entry of `terraform.states` in `dativo.yaml`.
This state lies in no module's folder, so that the draft names only a workspace.

Add the entry that the help shows, or the job's own `module_path` or `backend`.""",
)  # fmt: skip
RESOURCES_UNLISTED = Code(
    "DC8346", "resources-unlisted", "note", "the state has {count} that `{path}` does not list",
    """`dativo init --from-state` takes a job's list of resources as it is: a job may well use two of the five buckets
that a module makes. The resources that only the state has are named, so that one which was forgotten is seen.

Add those that the job uses; nothing needs to be done for the others.""",
)  # fmt: skip

CODES = (
    FORMAT_UNSAFE, FORMAT_KIND_UNKNOWN, SOURCE_NOT_WRITTEN, STATE_SAYS_OTHERWISE, STATE_HOLDS_NOTHING,
    STATE_OF_SEVERAL_CLOUDS, JOB_NOT_EDITABLE, OUTPUTS_NOT_MAPPED, STATE_NOT_FOUND, RESOURCES_UNLISTED,
)  # fmt: skip
