"""How a workspace of the CLI is called in HCP Terraform: by name, prefix or tags."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from dativo_compile.diagnostics.codes.service import WORKSPACE_UNFIT
from dativo_compile.terraform.backends.local import DEFAULT
from dativo_compile.terraform.backends.settings import block, malformed
from dativo_compile.terraform.fault import StateFault


@dataclass(frozen=True, slots=True)
class Names:
    """`fixed` is the one workspace of a block that names it; else `prefix` (of `remote`) or `tags` (of `cloud`)."""

    cloud: bool
    fixed: str = ""
    prefix: str = ""
    tags: tuple[tuple[str, str], ...] = field(default=())  # (key, value); the value is empty for a tag without one

    def remote(self, workspace: str) -> str:
        """Raises `StateFault` for a workspace that Terraform would refuse as well."""
        if self.fixed:
            if workspace not in (DEFAULT, self.fixed):
                raise _unfit(workspace, f"its settings name one workspace, `{self.fixed}`", "leave `workspace` out")
            return self.fixed
        if workspace == DEFAULT:
            by = "a `prefix`" if self.prefix else "`tags`"
            raise _unfit(workspace, f"with {by} there is no `default`", "name the job's `workspace`")
        return self._whole(workspace)

    def shown(self, workspace: str) -> str:
        return self.fixed or self._whole(workspace)

    def listed(self, names: list[str]) -> tuple[str, ...]:
        """Names of HCP Terraform as those of the CLI, sorted."""
        if self.fixed:
            return (self.fixed if self.cloud else DEFAULT,)
        return tuple(sorted({n.removeprefix(self.prefix) for n in names if n.startswith(self.prefix)} - {""}))

    def query(self) -> dict[str, str]:
        """What narrows a listing down; the prefix only helps, since the search finds it anywhere in a name."""
        if self.prefix:
            return {"search[name]": self.prefix}
        keys = ",".join(key for key, value in self.tags if not value)
        query = {"search[tags]": keys} if keys else {}
        for number, (key, value) in enumerate((k, v) for k, v in self.tags if v):
            query |= {f"filter[tagged][{number}][key]": key, f"filter[tagged][{number}][value]": value}
        return query

    def _whole(self, workspace: str) -> str:
        return workspace if workspace.startswith(self.prefix) else self.prefix + workspace


def names_of(config: dict[str, Any]) -> Names:
    """Raises `StateFault`."""
    cloud = config.get("type") == "cloud"
    workspaces = block(config, "workspaces")
    fixed, prefix = str(workspaces.get("name") or ""), "" if cloud else str(workspaces.get("prefix") or "")
    if not cloud and bool(fixed) == bool(prefix):
        raise malformed(config, "workspaces", "needs either a `name` or a `prefix`")
    given = workspaces.get("tags") or {}
    pairs = given.items() if isinstance(given, dict) else ((tag, "") for tag in given)
    return Names(cloud, fixed, prefix, tuple((str(key), str(value or "")) for key, value in pairs))


def _unfit(workspace: str, reason: str, help: str) -> StateFault:
    return StateFault(WORKSPACE_UNFIT, workspace=workspace, reason=reason, help=help)
