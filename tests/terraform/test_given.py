"""`--state` texts, and how a state's file is called."""

from __future__ import annotations

from pathlib import Path

import pytest

from dativo_compile.model.usage import UsageError
from dativo_compile.terraform.given import Given, Key, display, given


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ("a.json", "b=1.json"):
        Path(name).write_text("{}")


def test_a_text_names_a_workspace_or_module_and_file() -> None:
    found = given(["acme-prod=a.json", "./terraform/aws:acme-prod=b=1.json", "-"])
    keys = {Key(None, "acme-prod"): "a.json", Key("terraform/aws", "acme-prod"): "b=1.json"}
    assert found == Given(keys, "-")


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        (["a.json", "a.json"], "more than one"),
        (["w=a.json", "w=a.json"], "given twice"),
        (["=a.json"], "names no workspace"),
        (["m:=a.json"], "names no workspace"),
        ([":w=a.json"], "names no workspace"),
        (["w="], "names no file"),
        ([""], "names no file"),
        (["w=-", "v=-"], "standard input"),
        (["w=gone.json"], "`gone.json` does not exist"),
    ],
)
def test_a_text_that_means_nothing_is_wrong_usage(texts: list[str], said: str) -> None:
    with pytest.raises(UsageError, match=said) as raised:
        given(texts)
    assert raised.value.help


def test_a_file_is_called_by_a_name_that_is_the_same_everywhere(tmp_path: Path) -> None:
    root = tmp_path / "project"
    root.mkdir()
    assert display(root / "states/x.json", root) == "states/x.json"
    assert display(tmp_path / "elsewhere" / "x.json", root) == "x.json"
    (tmp_path / "link").symlink_to(root)
    assert display(tmp_path / "link" / "x.json", root) == "x.json"
    assert display(root / "y.json", tmp_path / "link") == "y.json"
