"""The data file of what providers publish, and the tool that takes the part of AWS from botocore."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.rules.published import published
from tools import regions

ISO = ("aws-iso", "aws-iso-b", "aws-iso-e", "aws-iso-f")
CASES = Path(__file__).parent / "cases"
PARTITIONS = {"aws", "aws-cn", "aws-us-gov", "aws-eusc", *ISO}


def test_the_file_is_as_the_tool_writes_it() -> None:
    text = regions.FILE.read_text("utf-8")
    assert text == regions.text(json.loads(text)), "write it with tools.regions.text: sorted, two spaces"


@pytest.mark.parametrize("provider", ["aws", "gcp", "azure"])
def test_what_is_published_says_where(provider: str) -> None:
    part = published(provider)
    for name, said in part.items():
        source = said.get("source", part.get("source", "")) if type(said) is dict else "https://"
        assert source.startswith("https://"), name


def test_the_part_of_aws() -> None:
    aws = published("aws")
    assert aws["partitions"].keys() >= PARTITIONS
    assert aws["partitions"]["aws"]["regions"].keys() >= {"us-east-1", "eu-west-1", "ap-southeast-2", "sa-east-1"}
    assert aws["botocore"] in aws["source"]


def test_every_region_has_the_form_of_its_own_partition_and_of_no_other() -> None:
    """What stands on no list is told by these forms: were they to overlap, it would have two partitions."""
    partitions = published("aws")["partitions"]
    forms = {name: re.compile(said["pattern"], re.ASCII) for name, said in partitions.items()}
    for name, said in partitions.items():
        for region in said["regions"]:
            assert [other for other, form in forms.items() if form.fullmatch(region)] == [name], region


def test_the_installed_botocore_is_read() -> None:
    """Whatever its version: what is asked of it here, every one since 2025 has."""
    found = regions.installed()
    assert found["partitions"].keys() >= PARTITIONS
    for partition in found["partitions"].values():
        assert partition["regions"] and not any(region.endswith("-global") for region in partition["regions"])
        assert all(partition["regions"].values()) and partition["name"]
        assert re.compile(partition["pattern"])
    assert found["source"].startswith("https://github.com/boto/botocore/blob/")


def partition(name: str, pattern: str, **known: str) -> dict[str, Any]:
    return {"name": name, "pattern": pattern, "regions": {key.replace("_", "-"): text for key, text in known.items()}}


@pytest.mark.parametrize(
    ("theirs", "lines"),
    [
        ({"aws": partition("AWS", "us", us_east_1="Virginia")}, []),
        ({}, ["- partition aws"]),
        (
            {"aws": partition("AWS", "us", us_east_1="Virginia"), "aws-x": partition("X", "x")},
            ["+ partition aws-x"],
        ),
        (
            {"aws": partition("AWS", "us", us_east_1="Virginia", us_east_2="Ohio")},
            ["+ region us-east-2 of aws"],
        ),
        ({"aws": partition("AWS", "us")}, ["- region us-east-1 of aws"]),
        ({"aws": partition("Amazon", "us|eu", us_east_1="N. Virginia")}, [
            "~ region us-east-1 of aws", "~ name of aws", "~ pattern of aws",
        ]),
    ],
)  # fmt: skip
def test_what_differs_is_said_line_by_line(theirs: dict[str, Any], lines: list[str]) -> None:
    assert regions.differences({"aws": partition("AWS", "us", us_east_1="Virginia")}, theirs) == lines


@pytest.fixture
def older(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data file from before a region was opened, with a part that is not botocore's."""
    file = tmp_path / "providers.json"
    whole = json.loads(regions.FILE.read_text("utf-8"))
    whole["aws"].update(regions.installed(), botocore="1.0.0")
    del whole["aws"]["partitions"]["aws"]["regions"]["mx-central-1"]
    file.write_text(regions.text(whole), "utf-8")
    monkeypatch.setattr(regions, "FILE", file)
    return file


def test_check_says_what_differs_and_changes_nothing(older: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = older.read_bytes()
    assert regions.main(["check"]) == 3
    assert capsys.readouterr().out == "+ region mx-central-1 of aws\n"
    assert older.read_bytes() == before


def test_a_run_takes_the_regions_and_keeps_the_rest(older: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = json.loads(older.read_text("utf-8"))
    assert regions.main([]) == 0
    assert capsys.readouterr().out == "+ region mx-central-1 of aws\n"
    after = json.loads(older.read_text("utf-8"))
    assert after["aws"] == {**before["aws"], **regions.installed()}
    assert (after["gcp"], after["azure"]) == (before["gcp"], before["azure"])
    assert regions.main(["check"]) == 0
    assert capsys.readouterr().out == f"the regions are those of botocore {regions.installed()['botocore']}\n"


def test_the_file_is_read_only_where_a_job_has_infrastructure(tmp_path: Path) -> None:
    program = (
        "from pathlib import Path\n"
        "from dativo_compile.model.project import Request\n"
        "from dativo_compile.pipeline import compile_project\n"
        "from dativo_compile.rules import published\n"
        "print(compile_project(Request((Path('jobs'),))).failed, published._whole.cache_info().currsize)\n"
    )
    for name, read in (("job-without-infrastructure", "0"), ("aws-resources", "1")):
        folder = shutil.copytree(CASES / name, tmp_path / name)
        ran = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False)
        assert ran.stdout.split() == ["False", read], ran.stderr
