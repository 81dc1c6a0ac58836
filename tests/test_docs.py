"""What the pages say is true: their files compile, their links lead somewhere, their commands do what they say.

A block of docs/guide.md that stands below a comment is checked as that comment says: `file: NAME` is a file of one
project, `instead of: NAME` another version of that file, `added to: NAME` is merged into it. The project compiles
without a word each time, or gives the one code that the comment names.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.cli.main import app
from dativo_compile.model.project import Request
from dativo_compile.pipeline import Compilation, compile_project
from dativo_compile.registry import BY_ID
from dativo_compile.yaml.reader import Marks, read

ROOT = Path(__file__).resolve().parent.parent
GUIDE = (ROOT / "docs/guide.md").read_text("utf-8")
MANIFEST = (ROOT / "docs/manifest.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
QUICKSTART = ROOT / "fixtures/quickstart"
MARK = r"(?:<!-- (file|instead of|added to): (\S+?)(?:, gives (DC\d{4}))? -->\n)?"
FENCE = re.compile(MARK + r"```(\w+)\n(.*?)^```$", re.M | re.S)
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block; `how` is empty for one that stands for itself."""

    how: str
    file: str
    code: str
    language: str
    text: str


def blocks(page: str) -> list[Block]:
    return [Block(*(part or "" for part in found)) for found in FENCE.findall(page)]


def tracked(*patterns: str) -> list[Path]:
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [ROOT / name for name in names if name and (ROOT / name).is_file()]


PAGES = [page for page in tracked("*.md") if "cases" not in page.parts]
PROJECT = {block.file: block.text for block in blocks(GUIDE) if block.how == "file"}
VARIANTS = [block for block in blocks(GUIDE) if block.how and block.how != "file"]


def compiled(folder: Path, files: dict[str, str]) -> Compilation:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return compile_project(Request((folder / "jobs",)))


def codes(done: Compilation) -> list[str]:
    return [f"{d.code.id} {d.message} {d.place}" for d in done.diagnostics]


def merged(weak: Any, strong: Any) -> Any:
    if not isinstance(weak, dict) or not isinstance(strong, dict):
        return strong
    return weak | {key: merged(weak.get(key), value) for key, value in strong.items()}


def values(text: str) -> Any:
    return read(text.encode(), Marks("any"))[0]


def within(part: Any, whole: Any) -> bool:
    """Whether a manifest has all that an excerpt shows of it."""
    if isinstance(part, dict):
        return isinstance(whole, dict) and all(key in whole and within(part[key], whole[key]) for key in part)
    if isinstance(part, list):
        return isinstance(whole, list) and all(any(within(item, other) for other in whole) for item in part)
    return bool(part == whole)


def test_the_project_of_the_guide_compiles_without_a_word(tmp_path: Path) -> None:
    done = compiled(tmp_path, PROJECT)
    assert codes(done) == []
    assert [manifest.job_id for manifest in done.manifests] == ["acme/orders", "acme/refunds"]
    orders, refunds = (json.loads(manifest.data) for manifest in done.manifests)
    assert orders["tags"]["cost_center"] == "SHOP-007"
    assert orders["target"]["location"] == "s3://acme-lake-prod/raw/orders"
    assert refunds["target"]["location"] == "s3://acme-lake-prod/acme_iceberg_prod/refunds"
    assert orders["source"]["connection"]["password"] == {"$ref": "secret:dativo/acme/prod/database_password"}


@pytest.mark.parametrize("block", VARIANTS, ids=lambda block: f"{block.how} {block.file} {block.code}".strip())
def test_a_change_to_the_guides_project_does_what_it_says(block: Block, tmp_path: Path) -> None:
    text = block.text
    if block.how == "added to":
        text = json.dumps(merged(values(PROJECT[block.file]), values(text)))
    assert block.file in PROJECT
    assert [said.split()[0] for said in codes(compiled(tmp_path, PROJECT | {block.file: text}))] == (
        [block.code] if block.code else []
    )


def test_every_key_of_a_job_and_of_the_project_is_in_the_guide() -> None:
    for kind in ("job", "project", "connector"):
        schema = json.loads((ROOT / f"schemas/{kind}.schema.json").read_text("utf-8"))
        assert [key for key in schema["properties"] if not re.search(rf"\b{key}\b", GUIDE)] == []


def test_every_yaml_block_can_be_read() -> None:
    for block in (*blocks(GUIDE), *blocks(README)):
        assert block.language != "yaml" or values(block.text)


def test_excerpts_of_manifests_are_of_the_one_that_is_committed() -> None:
    whole = json.loads((QUICKSTART / "build/acme/stripe_customers.json").read_bytes())
    shown = [json.loads(b.text) for page in (README, MANIFEST) for b in blocks(page) if b.language == "json"]
    assert len(shown) == 2
    assert [part for part in shown if not within(part, whole)] == []
    assert list(shown[1]) == list(whole)


def test_the_digest_can_be_checked_as_the_page_says() -> None:
    (command,) = (block.text for block in blocks(MANIFEST) if block.language == "sh")
    ran = subprocess.run(["sh", "-ec", command], cwd=QUICKSTART, capture_output=True, text=True, check=True)
    computed, stated = ran.stdout.splitlines()
    assert f'  "digest": "sha256:{computed.split()[0]}",' == stated


def test_every_rule_of_provenance_is_explained() -> None:
    code = "".join(path.read_text("utf-8") for path in tracked("dativo_compile/*.py"))
    made = set(re.findall(r'"rule:([a-z-]+)"', code)) - {"none", "empty"}  # stand-ins for a place, never written
    assert made == set(re.findall(r"^\| `([a-z-]+)` \|", MANIFEST.partition("| Rule |")[2], re.M))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in LINK.findall(prose(page)):
        name, _, anchor = link.partition("#")
        if "://" in name or name.startswith("mailto:"):
            continue
        target = page.parent / name if name else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


def prose(page: Path) -> str:
    """The page without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.M | re.S)


def anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.M)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_every_code_that_is_mentioned_exists() -> None:
    said = "".join(prose(page) for page in PAGES)
    assert set(re.findall(r"\bDC\d{4}\b", said)) - BY_ID.keys() == set()


def test_every_option_that_is_mentioned_exists(tmp_path: Path) -> None:
    commands = [each.name or getattr(each.callback, "__name__", "") for each in app.registered_commands]
    commands += ["tags export", "tags drift", "tags matrix"]
    known = "".join(dativo(tmp_path, *command.split(), "--help") for command in ("", *commands))
    said = {option for page in (GUIDE, README) for option in re.findall(r"(?<![\w-])--[a-z][a-z-]*", page)}
    assert said - set(re.findall(r"--[a-z][a-z-]*", known)) == set()


def test_what_the_readme_shows_is_what_is_printed(tmp_path: Path) -> None:
    shown = [block.text for block in blocks(README) if block.language == "text"]
    why, fault = shown
    command, _, story = why.partition("\n")
    project = tmp_path / "quickstart"
    shutil.copytree(QUICKSTART, project)
    assert dativo(project, *command.split()[2:]) == story
    job = project / "jobs/acme/stripe_customers.yaml"
    job.write_text(job.read_text("utf-8").replace("s3_bucket_name:", "s3_bukket_name:"), "utf-8")
    said = dativo(project, "compile", "jobs").split("\n\n")[0].splitlines()
    assert [line for line in said if "= note:" not in line] == fault.splitlines()


def dativo(project: Path, *args: str) -> str:
    call = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from dativo_compile.cli.main import main; main()"
    ran = subprocess.run([sys.executable, "-c", call, *args], cwd=project, capture_output=True, text=True, check=False)
    return ran.stdout + ran.stderr
