"""Paths in jobs: what they resolve to, and what they may never reach."""

from __future__ import annotations

from pathlib import Path

import pytest

from dativo_compile.linking.paths import PathFault, ResolvedPath, map_prefix, near_path, resolve
from dativo_compile.model.project import Project

JOB = "jobs/acme/orders.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    root = tmp_path / "project"
    for name in ("assets/orders.yaml", "jobs/acme/local.yaml", "modules/lake/main.tf"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("")
    (tmp_path / "outside.yaml").write_text("")
    return Project(root, path_map={"/app": ".", "/app/shared/": "assets"})


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("assets/orders.yaml", "assets/orders.yaml"),
        ("./assets//orders.yaml", "assets/orders.yaml"),
        ("local.yaml", "jobs/acme/local.yaml"),
        ("../../assets/orders.yaml", "assets/orders.yaml"),
        ("jobs/../assets/orders.yaml", "assets/orders.yaml"),
        ("/app/assets/orders.yaml", "assets/orders.yaml"),
        ("/app/shared/orders.yaml", "assets/orders.yaml"),
    ],
)
def test_a_path_is_found_below_the_root_then_beside_the_job(project: Project, text: str, name: str) -> None:
    assert resolve(project, JOB, text) == ResolvedPath(name)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("https://example.com/x.yaml", "is a URL"),
        ("s3://bucket/x.yaml", "is a URL"),
        ("git::https://example.com/m", "is a URL"),
        ("assets\\orders.yaml", "has a backslash"),
        ("/etc/passwd", "is absolute"),
        ("/application/x.yaml", "is absolute"),
        ("../../../outside.yaml", "leaves the project"),
        ("/app/../outside.yaml", "leaves the project"),
        ("assets", "is a folder, not a file"),
    ],
)
def test_a_path_that_cannot_be_used_says_why(project: Project, text: str, reason: str) -> None:
    fault = resolve(project, JOB, text)
    assert isinstance(fault, PathFault)
    assert (fault.reason, fault.missing) == (reason, False)


def test_a_missing_path_names_both_tries(project: Project) -> None:
    fault = resolve(project, JOB, "asset/orders.yaml")
    assert fault == PathFault("does not exist", ("asset/orders.yaml", "jobs/acme/asset/orders.yaml"))


def test_a_mapped_path_is_tried_below_the_root_only(project: Project) -> None:
    assert resolve(project, JOB, "/app/local.yaml") == PathFault("does not exist", ("local.yaml",))


def test_a_symbolic_link_may_not_leave_the_root(project: Project) -> None:
    (project.root / "assets/link.yaml").symlink_to(project.root.parent / "outside.yaml")
    (project.root / "assets/alias.yaml").symlink_to(project.root / "assets/orders.yaml")
    assert resolve(project, JOB, "assets/link.yaml") == PathFault("is a symbolic link that leaves the project")
    assert resolve(project, JOB, "assets/alias.yaml") == ResolvedPath("assets/alias.yaml")


@pytest.mark.parametrize("text", ["a" * 5000, "x\0y"])
def test_a_name_that_no_file_can_have_is_missing(project: Project, text: str) -> None:
    fault = resolve(project, JOB, text)
    assert isinstance(fault, PathFault)
    assert fault.missing


def test_a_loop_of_links_is_missing(project: Project) -> None:
    (project.root / "assets/a.yaml").symlink_to("b.yaml")
    (project.root / "assets/b.yaml").symlink_to("a.yaml")
    fault = resolve(project, JOB, "assets/a.yaml")
    assert isinstance(fault, PathFault)


def test_a_folder_is_found_when_a_folder_is_wanted(project: Project) -> None:
    assert resolve(project, JOB, "./modules/lake", folder=True) == ResolvedPath("modules/lake")
    assert resolve(project, JOB, ".", folder=True) == ResolvedPath(".")
    fault = resolve(project, JOB, "modules/lake/main.tf", folder=True)
    assert fault == PathFault("is a file, not a folder")


def test_a_prefix_ends_where_a_name_ends() -> None:
    assert map_prefix({"/app": "."}, "/apps/x") == "/apps/x"
    assert map_prefix({"/": "root"}, "/x") == "root/x"


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("assets/order.yaml", "assets/orders.yaml"),
        ("assets/orders.yml", "assets/orders.yaml"),
        ("asset/orders.yaml", "assets/orders.yaml"),
        ("./asset/orders.yaml", "./assets/orders.yaml"),
        ("/app/assets/ordesr.yaml", "/app/assets/orders.yaml"),
        ("/app/shared/ordesr.yaml", "/app/shared/orders.yaml"),
        ("locla.yaml", "local.yaml"),
        ("../../assets/ordrs.yaml", "../../assets/orders.yaml"),
        ("assets/zebra.yaml", ""),  # the extension alone is no likeness
        ("asset/order.yaml", ""),  # two slips are a guess
        ("modules/lak", ""),  # a folder
        ("linkd.yaml", ""),  # it leaves the project
        ("assets/orders.yaml/x", ""),
        ("\0", ""),
    ],
)
def test_a_missing_file_that_nearly_exists_is_named(project: Project, text: str, near: str) -> None:
    (project.root / "linked.yaml").symlink_to("../outside.yaml")
    fault = resolve(project, JOB, text)
    assert isinstance(fault, PathFault)
    assert near_path(project, fault.tried, text) == near


def test_a_missing_folder_that_nearly_exists_is_named(project: Project) -> None:
    for text, near in (("modules/lak", "modules/lake"), ("modul/lake", "modules/lake"), ("asset/orders.yaml", "")):
        fault = resolve(project, JOB, text, folder=True)
        assert isinstance(fault, PathFault)
        assert near_path(project, fault.tried, text, folder=True) == near
