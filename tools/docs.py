"""What is generated from the code registry: the pages of docs/rules, and the examples that `dativo explain` shows.

`python -m tools.docs` writes; `python -m tools.docs check` fails where the files on disk differ.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from dativo_compile.registry import ALL_CODES
from dativo_compile.report.explain import page
from dativo_compile.report.rules import render_markdown
from dativo_compile.review.rules import Rule

ROOT = Path(__file__).resolve().parent.parent
CASES = ROOT / "tests" / "cases"
RULES = ROOT / "docs" / "rules"
EXAMPLES = ROOT / "dativo_compile" / "examples.json"
MADE = "<!-- Made by `make docs` from the code's declaration and its golden case: do not edit. -->\n"
BLOCK = re.compile(r"(error|warning|note)\[(DC\d{4})\]: ")


def examples() -> dict[str, str]:
    """Code id -> its diagnostic as text: from the case with the code's name, else from the first that shows it."""
    found: dict[str, str] = {}
    names = {code.id: code.name for code in ALL_CODES}
    severities = {code.id: code.severity for code in ALL_CODES}
    for report in sorted(CASES.glob("*/expected/report.txt")):
        for block in report.read_text("utf-8").split("\n\n"):
            match = BLOCK.match(block)
            if match is None or severities.get(match[2]) != match[1]:
                continue  # a case that changes a severity is no example
            if match[2] not in found or report.parts[-3] == names[match[2]]:
                found[match[2]] = block.rstrip()
    return found


def generated() -> dict[Path, str]:
    known = examples()
    files = {RULES / f"{code.id}.md": MADE + page(code, known.get(code.id, "")) for code in ALL_CODES}
    files[RULES / "README.md"] = overview()
    files[EXAMPLES] = json.dumps(known, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    return files


def overview() -> str:
    head = (
        "`dativo explain CODE` prints any of these pages, offline; `dativo rules` prints this list, with what a\n"
        "project makes of it. The severity of a *guarded* code cannot be changed. The source is the published page\n"
        "that a rule comes from."
    )
    listed = tuple(Rule(code, code.severity) for code in ALL_CODES)
    return f"{MADE}# Diagnostics\n\n{head}\n\n{render_markdown(listed, linked=True)}"


def stale(files: dict[Path, str]) -> list[Path]:
    """Pages that no code has any more."""
    return sorted(path for path in RULES.glob("*.md") if path not in files)


def write(files: dict[Path, str]) -> int:
    RULES.mkdir(parents=True, exist_ok=True)
    for path in stale(files):
        path.unlink()
    for path, text in files.items():
        path.write_text(text, "utf-8")
    return 0


def check(files: dict[Path, str]) -> int:
    wrong = [path for path, text in files.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in sorted(wrong) + stale(files):
        print(f"out of date: {path.relative_to(ROOT)}; run `make docs`")
    return 1 if wrong or stale(files) else 0


def main(arguments: list[str]) -> int:
    return (check if arguments in (["check"], ["--check"]) else write)(generated())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
