"""What can go wrong with `dativo.lock.json` (DC8201 to DC8219)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

LOCK_MISSING = Code(
    "DC8201", "lock-missing", "error", "there is no `dativo.lock.json` to compile from",
    """With `--locked`, outputs come from `dativo.lock.json` at the project root and from nowhere else: no state is read
and no network is touched. The project has no such file, or it was not committed.

Compile once without `--locked`, where the states can be read, and commit the file that this writes.""",
    guarded=True,
)  # fmt: skip
LOCK_UNREADABLE = Code(
    "DC8202", "lock-unreadable", "error", "`dativo.lock.json` cannot be read: {reason}",
    """The lock is cut short, is no JSON, has a record that no compile writes, or belongs to another version of the
compiler. A part of it that looks sound is not used: nobody could tell what is missing.

Restore the file from git, or compile without `--locked`, which writes it anew. A compile of some paths cannot do
that, since it knows nothing of the other jobs: compile the whole project.""",
    guarded=True,
)  # fmt: skip
LOCK_CONFLICTED = Code(
    "DC8203", "lock-conflicted", "error", "`dativo.lock.json` holds a merge conflict",
    """Git left the marks of a merge that it could not finish (`<<<<<<<`, `>>>>>>>`). Both branches changed one output,
one serial, or lines beside each other.

Take either side (`git checkout --theirs dativo.lock.json`) and compile the whole project without `--locked`: what the
states say now is then written, whichever side you took. Where both branches only added outputs, keeping the lines of
both is right as well.""",
    guarded=True,
)  # fmt: skip
LOCK_EDITED = Code(
    "DC8204", "lock-edited", "error", "`{name}` in `dativo.lock.json` is not what a compile wrote",
    """Each line of the lock has a sum over what stands in it, and this one does not fit: the line was edited by hand,
or moved from another state. A lock says what a state said; a value that no state ever had would make manifests that
nobody can make again.

Restore the file from git, or compile without `--locked`, which writes it anew. To change a value, change it in
Terraform; to try one, hand it over with `--state WORKSPACE=FILE`.""",
    guarded=True,
)  # fmt: skip
LOCK_STATE_MISSING = Code(
    "DC8205", "lock-state-missing", "error", "`dativo.lock.json` has no state of `{key}`",
    """The job maps outputs of a module and workspace that the lock does not know: the job is new, or its module,
backend or workspace was changed since the lock was written.

Compile without `--locked` where the state can be read, or with `--locked --refresh WORKSPACE`, which reads that
workspace alone; then commit the lock together with the job.""",
    guarded=True,
)  # fmt: skip
LOCK_OUTPUT_MISSING = Code(
    "DC8206", "lock-output-missing", "error", "`dativo.lock.json` has no output `{name}` of `{key}`",
    """The lock records the outputs that jobs mapped when it was written, and this one was not among them: the mapping
is new, or its name is mistyped. Whether the state has it cannot be told without reading the state.

Correct the name, or compile without `--locked` where the state can be read (or with `--locked --refresh WORKSPACE`),
and commit the lock together with the job.""",
    guarded=True,
)  # fmt: skip
LOCK_REPLACED = Code(
    "DC8207", "lock-replaced", "warning", "`dativo.lock.json` could not be used and is written anew",
    """The compile read every state itself, so that it needs nothing of the old lock; the note says what is wrong with
that. Two things are lost with it: nobody was warned of a state that went back to a lower serial or was replaced by
another, and outputs of jobs that this compile did not see are no longer recorded.

Read the diff of the lock before you commit it.""",
)  # fmt: skip
SERIAL_LOWER = Code(
    "DC8208", "serial-lower", "warning", "the state of `{key}` has serial {now}, the lock has {then}",
    """Terraform raises the serial whenever it writes a state. A lower one means that an older copy was read: a backup
was restored, or a file from another machine was handed over. Its outputs may no longer be true.

Check which state was read (the note says where it lies). If it was restored on purpose, compile once without
`--strict`: the lock then has its serial, and the warning does not come again.""",
)  # fmt: skip
LINEAGE_OTHER = Code(
    "DC8209", "lineage-other", "warning", "the state of `{key}` has lineage {now}, the lock has {then}",
    """The lineage is drawn once, when a state is created. Another one at the same location means that this is another
state: the old one was deleted and the module applied from nothing, or a state of something else was put there.

Check the location that the note names. If the state was made anew on purpose, compile once without `--strict`: the
lock then has its lineage, and the warning does not come again.""",
)  # fmt: skip
LOCK_NOT_WRITABLE = Code(
    "DC8210", "lock-not-writable", "error", "`dativo.lock.json` could not be written",
    """The operating system refused to write the lock, for the reason that the note gives. Manifests and lock go
together: the build folder is as it was before.

Change the permissions, or make space, and compile again. To compile without writing the lock, use `--locked`.""",
    guarded=True,
)  # fmt: skip
LOCK_KEY_SHARED = Code(
    "DC8211", "lock-key-shared", "error", "two states would be `{key}` in `dativo.lock.json`",
    """Another job has the same module, backend and workspace, and yet reads another state. The two backends differ only
in what the lock leaves out because it may be secret: a user name, a password, the query of a URL. A compile with
`--locked` would give one job the values of the other.

Give the states addresses that differ elsewhere, or name them in `dativo.yaml` under `terraform.states`, each for a
workspace of its own, and take the backend out of the jobs.""",
    guarded=True,
)  # fmt: skip

CODES = (
    LOCK_MISSING, LOCK_UNREADABLE, LOCK_CONFLICTED, LOCK_EDITED, LOCK_STATE_MISSING, LOCK_OUTPUT_MISSING, LOCK_REPLACED,
    SERIAL_LOWER, LINEAGE_OTHER, LOCK_NOT_WRITABLE, LOCK_KEY_SHARED,
)  # fmt: skip
