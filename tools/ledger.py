"""The list of every diagnostic id ever given, so that none is given twice; a removed code stays in it."""

from __future__ import annotations

import sys
from pathlib import Path

FILE = Path(__file__).resolve().parent.parent / "tests" / "codes.txt"


def read() -> dict[str, str]:
    """Id -> name."""
    lines = FILE.read_text("utf-8").splitlines() if FILE.exists() else []
    return dict(line.split(maxsplit=1) for line in lines)


def enter(codes: dict[str, str]) -> None:
    """What an id meant first stays."""
    FILE.write_text("".join(f"{key} {name}\n" for key, name in sorted((codes | read()).items())), "utf-8")


def main() -> int:
    from dativo_compile.registry import ALL_CODES

    enter({code.id: code.name for code in ALL_CODES})
    return 0


if __name__ == "__main__":
    sys.exit(main())
