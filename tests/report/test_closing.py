"""The closing line, in each of its forms."""

from __future__ import annotations

import pytest

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import diagnose
from dativo_compile.report.closing import closing_line
from dativo_compile.writer import Written

ERROR = diagnose(Code("DC4001", "a", "error", "m", "x"), None)
WARNING = diagnose(Code("DC6004", "a", "warning", "m", "x"), None)
SOME = Written(3, 1, 8, 0)


@pytest.mark.parametrize(
    ("found", "written", "good", "line"),
    [
        ([], SOME, True, "compiled 12 jobs: 3 new, 1 changed, 8 unchanged, 0 removed, in 0.12 s"),
        ([], Written(1, 0, 0, 0), True, "compiled 1 job: 1 new, 0 changed, 0 unchanged, 0 removed, in 0.12 s"),
        ([WARNING], SOME, True, "compiled 12 jobs: 3 new, 1 changed, 8 unchanged, 0 removed, in 0.12 s (1 warning)"),
        ([ERROR] * 3 + [WARNING], None, False, "error: 3 errors, 1 warning; nothing was written"),
        ([WARNING] * 2, None, False, "error: 2 warnings, and `--strict` allows none; nothing was written"),
        (
            [ERROR],
            SOME,
            False,
            "error: 1 error; compiled 12 jobs: 3 new, 1 changed, 8 unchanged, 0 removed, in 0.12 s",
        ),
    ],
)
def test_it_says_what_came_of_it(found: list[object], written: Written | None, good: bool, line: str) -> None:
    assert closing_line(found, written, good, 0.123) == line  # type: ignore[arg-type]  # diagnostics
