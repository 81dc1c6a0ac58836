"""Scaffolds a diagnostic: the declaration to fill in, its place in the list, and the case that will show it.

`python -m tools.new_code DC4007 output-is-null [FILE]`; a rule's code stands in the rule's own FILE.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

from tools import ledger

ROOT = Path(__file__).resolve().parent.parent
CODES = ROOT / "dativo_compile" / "diagnostics" / "codes"
PASSES = {"1": "parse", "2": "link", "3": "state", "4": "mapping", "5": "provider", "6": "tags", "7": "project",
          "8": "build", "9": "internal"}  # fmt: skip

STUB = '''{constant} = Code(
    "{id}", "{name}", "error", "what is wrong with `{{name}}`, in lower case, without a period",
    """What it means, in two or three sentences of plain words. Why it matters to whoever sees it.

What to do about it.""",
)  # fmt: skip

'''
CASE = """\
# A small project beside this file that makes {id} appear; then: make golden CASE={name}
note: {id} {name}
"""


def declare(file: Path, constant: str, stub: str) -> None:
    """Put the stub before `CODES` and its constant at the end of it."""
    text = file.read_text("utf-8")
    lists = [node for node in ast.parse(text).body if isinstance(node, ast.Assign) and is_codes(node)]
    if len(lists) != 1 or not isinstance(lists[0].value, ast.Tuple):
        raise SystemExit(f"{file.relative_to(ROOT)} has no `CODES = (...)`")
    last = lists[0].value.elts[-1]
    lines = text.splitlines(keepends=True)
    row, column = (last.end_lineno or 1) - 1, last.end_col_offset or 0
    lines[row] = f"{lines[row][:column]},\n    {constant}{lines[row][column:]}"
    lines.insert(lists[0].lineno - 1, stub)
    file.write_text("".join(lines), "utf-8")


def is_codes(node: ast.Assign) -> bool:
    return any(isinstance(target, ast.Name) and target.id == "CODES" for target in node.targets)


def main(args: list[str]) -> int:
    if (
        len(args) not in (2, 3)
        or not re.fullmatch(r"DC[1-9]\d{3}", args[0])
        or not re.fullmatch(r"[a-z0-9-]+", args[1])
    ):
        raise SystemExit("usage: make new-code ID=DC4007 NAME=output-is-null [FILE=dativo_compile/rules/...]")
    code, name = args[:2]
    given = ledger.read()
    if code in given:
        raise SystemExit(
            f"{code} is `{given[code]}` and stays so; an id is never given twice. Free: {next_free(given, code)}"
        )
    if name in given.values():
        raise SystemExit(f"`{name}` is the name of another code")
    file = ROOT / args[2] if len(args) == 3 else CODES / f"{PASSES[code[2]]}.py"
    if not file.exists():
        raise SystemExit(f"{file.relative_to(ROOT)} is not there; name the rule's file: FILE=dativo_compile/rules/...")
    constant = name.upper().replace("-", "_")
    declare(file, constant, STUB.format(constant=constant, id=code, name=name))
    case = ROOT / "tests" / "cases" / name
    case.mkdir(parents=True)
    (case / "case.yaml").write_text(CASE.format(id=code, name=name), "utf-8")
    ledger.enter({code: name})
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", str(file)], check=True, cwd=ROOT)
    print(f"fill in {file.relative_to(ROOT)} and {case.relative_to(ROOT)}, then: make golden CASE={name}")
    return 0


def next_free(given: dict[str, str], code: str) -> str:
    """The lowest id above it that nobody has had."""
    return next(f"DC{number}" for number in range(int(code[2:]) + 1, 10_000) if f"DC{number}" not in given)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
