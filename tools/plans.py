"""Make the plans of the golden cases again with a real terraform.

A case has `before/`, the module as it was applied, if it ever was, and the module as somebody wants to have it. Both go
through a scratch folder: apply, then plan. What terraform draws at random (the ids of `terraform_data`) or takes from
the clock is replaced, so that the same HCL and the same terraform give the same bytes; nothing is left out.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from tools import terraform
from tools.fixtures import UUID

CASES = Path(__file__).resolve().parent.parent / "tests" / "cases"
FILE = "plan.json"
CLOCK = re.compile(r'("timestamp":")[^"]*')
NOW = "2025-01-26T09:00:00Z"


@dataclass(frozen=True, slots=True)
class Planned:
    """A case, the module that is planned, and what `terraform plan` is told. An `errored` plan is kept all the same."""

    case: str
    module: str = "terraform/lake"
    before: str = "before"
    args: tuple[str, ...] = ()
    file: str = FILE
    errored: bool = False
    applied: str = ""  # a file for the outputs before the plan


PLANS = (
    Planned("plan-update"),
    Planned("plan-no-changes"),
    Planned("plan-fail-on"),
    Planned("plan-two-plans"),
    Planned("plan-two-plans", module="terraform/globex", before="before/globex", file="globex.json"),
    Planned("plan-unused"),
    Planned("plan-two-workspaces"),
    Planned("plan-unknown"),
    Planned("plan-unknown-member"),
    Planned("plan-create"),
    Planned("plan-destroy", args=("-destroy",)),
    Planned("plan-removed-output"),
    Planned("plan-sensitive", applied="applied.json"),
    Planned("plan-rule-broken"),
    Planned("plan-literal-differs"),
    Planned("plan-warnings"),
    Planned("plan-wrong-state"),
    Planned("plan-locked"),
    Planned("plan-limited", args=("-target=terraform_data.lake",)),
    Planned("plan-errored", errored=True),
    Planned("plan-no-outputs"),
)


def make(plan: Planned, into: Path) -> None:
    """Write what `terraform show -json` says of the plan below a folder."""
    case = CASES / plan.case
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        if (case / plan.before).is_dir():
            take(case / plan.before, work)
            terraform.run(work, "init", "-no-color")
            terraform.run(work, "apply", "-auto-approve", "-no-color")
        if plan.applied:
            (into / plan.applied).write_text(terraform.run(work, "output", "-json", "-no-color"), "utf-8")
        take(case / plan.module, work)
        terraform.run(work, "init", "-no-color")
        terraform.run(work, "plan", "-no-color", "-out=tfplan", *plan.args, fails=plan.errored)
        shown = terraform.run(work, "show", "-json", "-no-color", "tfplan")
        (into / plan.file).write_text(settled(shown, plan.case), "utf-8")


def take(module: Path, work: Path) -> None:
    for file in work.glob("*.tf"):
        file.unlink()
    for file in sorted(module.glob("*.tf")):
        shutil.copy(file, work)


def settled(text: str, seed: str) -> str:
    """The text with its random and temporal parts replaced: ids by the order in which they first stand."""
    drawn = list(dict.fromkeys(UUID.findall(text)))
    text = UUID.sub(lambda id: str(uuid5(NAMESPACE_URL, f"dativo-plans/{seed}/{drawn.index(id[0])}")), text)
    return CLOCK.sub(rf"\g<1>{NOW}", text)


def main(names: list[str]) -> int:
    for plan in PLANS:
        if not names or plan.case in names:
            make(plan, CASES / plan.case)
            print(f"tests/cases/{plan.case}/{plan.file}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
