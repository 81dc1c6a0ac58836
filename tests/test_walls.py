"""The architecture as failing tests: each message says why the wall stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = "dativo_compile"

# From the ground up. A unit is a package or module right below dativo_compile; "" is the public API in __init__.py.
LEVELS = (
    ("version",),
    ("model",),
    ("diagnostics",),
    ("terraform", "yaml", "lock", "canonical", "revisions"),
    ("rules", "linking", "mapping", "tags", "validation", "manifest", "discovery", "formatting", "infrastructure"),
    ("passes",),
    ("registry", "pipeline", "settle", "locking"),
    ("review", "report", "writer", "writing"),
    ("build", "checking", "fmt", "from_state", "sides", "watching"),
    ("", "cli"),
)
LEVEL = {unit: height for height, units in enumerate(LEVELS) for unit in units}
LONGEST_FILE, LONGEST_FUNCTION = 300, 60
VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "manager", "misc"}
OURS = ("dativo_compile", "tools", "benchmarks", "tests")


def sources(*folders: str) -> list[Path]:
    found = (path for folder in folders for path in sorted((ROOT / folder).rglob("*.py")))
    return [path for path in found if "cases" not in path.relative_to(ROOT).parts]


def module_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


PRODUCT = {module_of(path): path for path in sources(PACKAGE)}


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """Every module named in an import statement: at the top, in functions and under TYPE_CHECKING alike."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield node.lineno, whole if whole in PRODUCT else node.module


def unit_of(module: str) -> str:
    return [*module.split("."), ""][1]


def test_every_part_has_a_level() -> None:
    new = {unit_of(module) for module in PRODUCT} - LEVEL.keys()
    assert not new, f"{sorted(new)} stand nowhere: give each a level in LEVELS, so that its imports have a direction"


def test_imports_only_point_down() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for module, path in PRODUCT.items()
        for line, name in imported(path)
        if name.split(".")[0] == PACKAGE and LEVEL.get(unit_of(name), 99) > LEVEL.get(unit_of(module), 99)
    ]
    assert not wrong, "\n".join(
        ["imports point down, so that a reader (and a change) need only look below; move what is shared down:", *wrong]
    )


def test_no_two_modules_import_each_other() -> None:
    graph = {module: {name for _, name in imported(path) if name in PRODUCT} for module, path in PRODUCT.items()}
    graph = {module: names - {module} for module, names in graph.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a cycle is one module in several files; part it: {' -> '.join(reversed(error.args[1]))}")


def test_the_product_imports_no_tool_and_no_test_library() -> None:
    banned = {"tools", "tests", "benchmarks", "pytest", "hypothesis", "jsonschema", "mypy"}
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in PRODUCT.values()
        for line, name in imported(path)
        if name.split(".")[0] in banned
    ]
    assert not wrong, "\n".join(["the wheel ships without these; what needs them belongs in tools/ or tests/:", *wrong])


def test_no_file_is_longer_than_a_person_reads_at_once() -> None:
    sizes = {path: len(path.read_bytes().splitlines()) for path in sources(*OURS)}
    long = [f"{path.relative_to(ROOT)}: {size} lines" for path, size in sizes.items() if size > LONGEST_FILE]
    assert not long, "\n".join([f"over {LONGEST_FILE} lines; which part of it wants its own room?", *long])


def test_no_function_is_longer_than_a_screen() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{node.lineno} {node.name}: {node.end_lineno - node.lineno + 1} lines"
        for path in sources(*OURS)
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= LONGEST_FUNCTION
        and not has_reason(path, node)
    ]
    assert not long, "\n".join([f"over {LONGEST_FUNCTION} lines; a step of it wants a name:", *long])


def has_reason(path: Path, node: ast.AST) -> bool:
    """Hot loops may be long: the one in the YAML reader is one function because a call per event doubles its time."""
    return (path.relative_to(ROOT).as_posix(), getattr(node, "name", "")) in {
        ("dativo_compile/yaml/reader.py", "_build"),
    }


def test_no_module_has_a_vague_name() -> None:
    vague = [str(path.relative_to(ROOT)) for path in sources(*OURS) if {path.stem, path.parent.name} & VAGUE]
    assert not vague, f"these names say nothing, so everything ends up there; name what is in it: {vague}"


def test_no_import_is_relative() -> None:
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources(*OURS)
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ImportFrom) and node.level
    ]
    assert not wrong, f"a whole name can be found with grep, a relative one cannot: {wrong}"


def test_every_module_says_why_it_exists() -> None:
    silent = [
        str(path.relative_to(ROOT))
        for path in sources(*OURS)
        if path.read_bytes().strip() and not ast.get_docstring(ast.parse(path.read_bytes()))
    ]
    assert not silent, f"a module opens with one sentence that says why it exists: {silent}"


def test_no_net_catches_everything() -> None:
    """One handler is allowed to: the outermost one of the command line, which turns a crash into a report."""
    wrong = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in sources("dativo_compile", "tools", "benchmarks")
        for node in ast.walk(ast.parse(path.read_bytes()))
        if isinstance(node, ast.ExceptHandler) and catches_all(node) and unit_of(module_of(path)) != "cli"
    ]
    assert not wrong, f"a net for every exception hides bugs as bad input; name the ones you expect: {wrong}"


def catches_all(node: ast.ExceptHandler) -> bool:
    """Cleaning up and raising again hides nothing."""
    if any(isinstance(part, ast.Raise) and part.exc is None for part in node.body):
        return False
    named = [node.type] if node.type else []
    names = [part.id for kind in named for part in ast.walk(kind) if isinstance(part, ast.Name)]
    return node.type is None or bool({"Exception", "BaseException"} & set(names))


def test_nothing_is_left_unfinished() -> None:
    marks = ("TO" + "DO", "FIX" + "ME", "X" + "XX", "# no" + "qa", "mark.sk" + "ip(", "mark.xf" + "ail")
    wrong = [
        f"{path.relative_to(ROOT)}:{number}: {line.strip()}"
        for path in sources(*OURS)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if any(mark in line for mark in marks) or not (is_test(path) or reasoned(line))
    ]
    assert not wrong, "\n".join(["finish it, or give the reason beside it:", *wrong])


def is_test(path: Path) -> bool:
    """mypy does not read tests: what they build wrongly, they build on purpose."""
    return path.relative_to(ROOT).parts[0] == "tests"


def reasoned(line: str) -> bool:
    """`type: ignore[code]  # reason`; a line that only speaks of such comments holds no code in brackets."""
    after = line.partition("type: ignore")[2]
    return not after.startswith("[") or "  # " in after
