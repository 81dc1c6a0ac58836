"""Whatever happens inside a command: an exit code, never a traceback, never a value."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
import typer

from dativo_compile.cli.errors import run
from dativo_compile.cli.options import Format
from dativo_compile.model.usage import UsageError
from dativo_compile.passes.link import link


def outcome(work: Callable[[], int], format: Format = Format.text) -> int:
    with pytest.raises(typer.Exit) as caught:
        run(format, work)
    return caught.value.exit_code


def raising(error: BaseException) -> Callable[[], int]:
    def work() -> int:
        secret = "hunter2"
        assert secret
        raise error

    return work


def test_the_work_says_the_exit_code() -> None:
    assert outcome(lambda: 1) == 1


def test_a_wrong_call_exits_2_with_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(raising(UsageError("no such thing", "try another"))) == 2
    assert capsys.readouterr() == ("", "error: no such thing\n  = help: try another\n")


def test_ctrl_c_is_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(raising(KeyboardInterrupt())) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "error", [ValueError("hunter2"), MemoryError(), RecursionError("hunter2"), KeyError("hunter2")]
)
def test_a_fault_of_ours_exits_70_and_shows_no_value(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(raising(error)) == 70
    out, err = capsys.readouterr()
    assert out == ""
    assert "error[DC9001]: the compiler failed in" in err
    assert type(error).__name__ in err
    assert "Traceback" not in err
    assert "hunter2" not in err


def test_the_pass_is_named_and_only_our_frames(capsys: pytest.CaptureFixture[str]) -> None:
    outcome(lambda: link(None, None, []) and 0)  # type: ignore[arg-type]  # the point: it must fail
    err = capsys.readouterr().err
    assert "in the pass `link`: AttributeError" in err
    assert "dativo_compile/passes/link.py:" in err
    assert "test_errors.py" not in err


def test_in_json_it_is_one_object_on_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert outcome(raising(ValueError("hunter2")), Format.json) == 70
    out, err = capsys.readouterr()
    assert json.loads(out)["code"] == "DC9001"
    assert err == ""
