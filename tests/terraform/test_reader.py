"""`load_terraform_state`, the public way to read one state."""

from __future__ import annotations

from pathlib import Path

import pytest

from dativo_compile.terraform.reader import load_terraform_state


def test_a_state_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text('{"bucket": {"value": "b", "type": "string", "sensitive": false}}')
    assert load_terraform_state(path).outputs["bucket"].value == "b"
    assert load_terraform_state(str(path)).location == "s.json"


def test_what_is_no_state_is_a_value_error(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    path.write_text("{}")
    with pytest.raises(ValueError, match=r"s\.json: the state has no outputs at all"):
        load_terraform_state(path)
    with pytest.raises(OSError, match="No such file"):
        load_terraform_state(tmp_path / "gone.json")
