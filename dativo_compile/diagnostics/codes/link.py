"""Codes of `link`: what a job names and what it is joined with (DC2001 to DC2099)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

FILE_MISSING = Code(
    "DC2001", "file-missing", "error", "the {what} file `{path}` does not exist",
    """A job names its connectors and its asset by path. A relative path is tried below the project root and then
beside the job file; neither exists.

Correct the path. If the jobs were written for a container (`/app/connectors/x.yaml`), tell `dativo.yaml` where that
root lies: `path_map: {/app: .}`.""",
    guarded=True,
)  # fmt: skip
PATH_REFUSED = Code(
    "DC2002", "path-refused", "error", "the {what} path `{path}` {reason}",
    """Everything a job refers to lies inside the project, under a plain relative path: only then does the same commit
give the same build on every machine. URLs, backslashes, absolute paths, and paths or symbolic links that leave the
project root are refused.

Move the file into the project, or map a container's root with `path_map` in `dativo.yaml`.""",
    guarded=True,
)  # fmt: skip
ROLE_UNFIT = Code(
    "DC2003", "role-unfit", "error", "the connector `{name}` is no {role}",
    """A connector recipe lists the roles it can play (`source`, `target`, or both). The job uses it in a role that the
recipe does not list.

Use another connector, or add the role to the recipe's `roles` if the connector really can do it.""",
    guarded=True,
)  # fmt: skip
NAME_DIFFERS = Code(
    "DC2004", "name-differs", "warning", "the job calls the {what} `{said}`, its file says `{name}`",
    """The name in the job and the name inside the file it points to should agree; where they differ, one of the two
was probably copied from another job. The file's own name is the one that counts.

Correct the name, or the path.""",
)  # fmt: skip
REFERENCE_MISPLACED = Code(
    "DC2005", "reference-misplaced", "error", "`{path}` may not depend on a run-time value",
    """`${NAME}` is resolved when a job runs. It may stand in `source`, `target.connection`, `target.warehouse`,
`target.catalog` (but not its `type` or namespace) and `infrastructure.metadata`. Anywhere else it would defeat every
check: who the tenant is, which table is written and what it is tagged must be known before anything runs.

Write the value itself. For paths that begin with a container's root, use `path_map` in `dativo.yaml`. A text that
only looks like a placeholder is written with one more dollar sign: `$${NAME}`.""",
    guarded=True,
)  # fmt: skip
SECRET_DEFAULT = Code(
    "DC2006", "secret-default", "warning", "the default of `{name}` is a secret in the repository",
    """`${PASSWORD:-something}` puts a secret beside the code, where everyone who can read the repository can read it,
and where it silently serves when the real one is not set.

Drop the default: the runner then refuses to start while the variable is missing.""",
)  # fmt: skip
ENVIRONMENT_NEEDED = Code(
    "DC2007", "environment-needed", "error", "`{template}` needs an environment, and the job has none",
    """A template such as `/secrets/{tenant}/{environment}.env` is filled in from the job's `tenant_id` and
`environment`. The job does not say which environment it belongs to.

Give the job an `environment`.""",
    guarded=True,
)  # fmt: skip
SELECTION_MISSING = Code(
    "DC2008", "selection-missing", "error", "nothing says what to read from `{connector}`",
    """`source` selects what is read with `files`, `tables`, `objects` or `sheets`. Without a selection the asset's
`object` is read; the asset has none either.

Add a selection to the job, or an `object` to the asset.""",
    guarded=True,
)  # fmt: skip
OBJECT_UNFIT = Code(
    "DC2009", "object-unfit", "error", "the job reads `{object}`, but {expected}",
    """A job writes one table, described by one asset: everything it reads has to fit that asset. An object of another
name belongs to another asset, and so to a job of its own.

Correct the object, or point `asset_path` to the asset that describes it.""",
)  # fmt: skip
KEY_SLIPPED = Code(
    "DC2010", "key-slipped", "warning", "`{path}` means nothing to the compiler",
    """`source` and `target` may hold keys of the connector's own, which are carried to the runner as they are. This one
is a letter away from a key that has a meaning: as it stands it sets nothing, and what it was to set has its default. A
misspelt `write_mode` appends, a misspelt `connection` writes the table to another place.

Correct the key. If the connector does have a key of this name, say so at its line: `# dativo: ignore[DC2010]`.""",
)  # fmt: skip

CODES = (
    FILE_MISSING, PATH_REFUSED, ROLE_UNFIT, NAME_DIFFERS, REFERENCE_MISPLACED, SECRET_DEFAULT, ENVIRONMENT_NEEDED,
    SELECTION_MISSING, OBJECT_UNFIT, KEY_SLIPPED,
)  # fmt: skip
