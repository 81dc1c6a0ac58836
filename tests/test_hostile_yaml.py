"""Hostile YAML as job, asset, connector and project: an error at its line, soon, and no build."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile import JOB, ROLES, alone, here, place, project

N = 100_000
MB = 1_000_000


def bomb(opening: str, item: str, closing: str) -> bytes:
    lines = [f"a0: &a0 {opening}{item.format(0, 'x')}{closing}"]
    for n in range(1, 12):
        inner = ",".join(item.format(i, f"*a{n - 1}") for i in range(10))
        lines.append(f"a{n}: &a{n} {opening}{inner}{closing}")
    return "\n".join(lines).encode()


def chain(count: int, link: str) -> bytes:
    links = (link.format(n=n, before=n - 1) for n in range(1, count))
    return "\n".join(["a0: &a0 {k0: v}", *links, "more: 1"]).encode()


LAUGHS = {
    "lists": bomb("[", "{1}", "]"),
    "mappings": bomb("{{", "k{0}: {1}", "}}").replace(b"{{", b"{").replace(b"}}", b"}"),
    "with an ignore": bomb("[", "{1}", "]") + b"\n# dativo: ignore[DC1104]\n",
    "merges": chain(90, "a{n}: &a{n} {{<<: [*a{before}, *a{before}]}}"),
    "a chain of merges": chain(3000, "a{n}: &a{n} {{<<: *a{before}, k{n}: v}}"),
    "a chain with an ignore": chain(3000, "a{n}: &a{n} {{<<: *a{before}, k{n}: v}}") + b"\n# dativo: ignore[DC1104]\n",
}

REFUSED: dict[str, tuple[Callable[[], bytes], str]] = {
    "a NUL": (lambda: b"a: \0\n", "DC1103"),
    "UTF-16": (lambda: "a: b\n".encode("utf-16"), "DC1103"),
    "UTF-16 without a mark": (lambda: "a: b\n".encode("utf-16-le"), "DC1103"),
    "UTF-32": (lambda: "a: b\n".encode("utf-32"), "DC1103"),
    "Latin-1": (lambda: b"a: \xff\n", "DC1103"),
    "a control character": (lambda: b"a: \x07\n", "DC1103"),
    "noise": (lambda: bytes(range(256)) * 100, "DC1103"),
    "a tab": (lambda: b"a:\n\tb: c\n", "DC1102"),
    "a key twice": (lambda: b"a: 1\na: 2\n", "DC1105"),
    "an object of Python": (lambda: b"a: !!python/object/apply:os.system [ls]\n", "DC1107"),
    "a tag": (lambda: b"a: !foo x\n", "DC1107"),
    "a megabyte of tag": (lambda: b"a: !" + b"x" * MB, "DC1107"),
    "two documents": (lambda: b"a: 1\n---\nb: 2\n", "DC1106"),
    "nothing": (lambda: b"", "DC1201"),
    "blanks": (lambda: b" " * 9 * MB, "DC1201"),
    "line breaks": (lambda: b"\n" * 9 * MB, "DC1201"),
    "a comment": (lambda: b"#" * 9 * MB, "DC1201"),
    "many ignores": (lambda: b"# dativo: ignore[DC1001]\n" * N, "DC1201"),
    "a list": (lambda: b"- a", "DC1201"),
    "a text": (lambda: b"x", "DC1201"),
    "deep lists": (lambda: b"a: " + b"[" * N, "DC1104"),
    "deep lists that close": (lambda: b"a: " + b"[" * 5000 + b"]" * 5000, "DC1104"),
    "deep mappings": (lambda: b"a: " + b"{a: " * N, "DC1104"),
    "deep blocks": (lambda: b"".join(b" " * n + b"a:\n" for n in range(3000)), "DC1104"),
    "deep dashes": (lambda: b"- " * N, "DC1104"),
    "five million values": (lambda: b"a: [" + b"x," * (4 * MB) + b"x]\n", "DC1104"),
    "keys of keys": (lambda: b"? " * N, "DC1108"),
    "a list as a key": (lambda: b"? [a, b]\n: c\n", "DC1108"),
    "10,000 digits": (lambda: b"a: " + b"9" * 10_000, "DC1109"),
    "long hexadecimal": (lambda: b"a: 0x" + b"f" * 3500, "DC1109"),
    "long octal": (lambda: b"a: !!int 0o" + b"7" * 9000, "DC1109"),
    "infinity": (lambda: b"a: .inf\n", "DC1109"),
    "an exponent": (lambda: b"a: 1e99999999\n", "DC1109"),
    "colons": (lambda: b":" * MB, "DC1101"),
    "quotes": (lambda: b"'" * (MB + 1), "DC1101"),
    "stars": (lambda: b"*" * MB, "DC1101"),
    "ampersands": (lambda: b"&" * MB, "DC1101"),
    "percent signs": (lambda: b"%" * MB, "DC1101"),
    "an alias of itself": (lambda: b"&a [*a]", "DC1101"),
    "a merge of itself": (lambda: b"a: &a\n  <<: *a\n", "DC1101"),
    "a merge of a number": (lambda: b"a: &a {x: 1}\nb: {<<: [*a, 3]}\n", "DC1101"),
    "another version of YAML": (lambda: b"%YAML 9.9\n---\na: no\n", "DC1101"),
    "half a surrogate": (lambda: b'a: "\\ud800"\n', "DC1101"),
    "a long line, broken": (lambda: b"k" * MB + b": [\n", "DC1101"),
    "a long line of secret keys, broken": (lambda: b"password" * N + b": [\n", "DC1101"),
    "a megabyte of key": (lambda: b'"' + b"k" * MB + b'": v\n', "DC1101"),
    "a long line of what may be a comment": (lambda: b"a: [ " + b"#" * MB, "DC1101"),
    "a long comment of secrets": (lambda: b"a: 1\na: 2 #" + b"password" * N, "DC1105"),
    "a long line of URLs": (lambda: b"a: 1\na: " + b"://" * N, "DC1105"),
    "a long line of assignments": (lambda: b"a: 1\na: " + b"password=" * N, "DC1105"),
}

ODD: dict[str, Callable[[], bytes]] = {
    "a byte order mark": lambda: b"\xef\xbb\xbfa: b\n",
    "100,000 keys": lambda: b"".join(b"k%d: v\n" % n for n in range(N)),
    "100,000 anchors": lambda: b"".join(b"k%d: &a%d v\n" % (n, n) for n in range(N)),
    "10 MB of scalar": lambda: b"tenant_id: " + b"x" * (9 * MB + 900_000),
    "10 MB of block scalar": lambda: b"tenant_id: |\n" + b"  xxxxxxxxx\n" * (800_000),
    "other line breaks": lambda: "a: b\u0085c: d\u2028e: f\n".encode(),
    "ignores in scalars": lambda: b"".join(b"k%d: 'a\n  b'\n# dativo: ignore[DC1001]\n" % n for n in range(20_000)),
    "an old directive": lambda: b"%YAML 1.1\n---\na: no\n",
}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", LAUGHS)
def test_a_billion_laughs_cost_a_second_and_200_mb(tmp_path: Path, name: str, role: str) -> None:
    ran = alone(place(project(tmp_path / "shop"), ROLES[role], LAUGHS[name]), "compile", "--format", "json")
    assert ran.code == 1
    assert ran.codes
    assert ran.seconds < 1.0
    assert ran.peak < 200 * MB


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_yaml_for_us_is_refused(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make, code = REFUSED[name]
    data = make()
    for role, file in ROLES.items():
        ran = here(place(project(tmp_path / role), file, data), monkeypatch)
        if role == "project" and not data.strip():
            assert ran.code == 0
        else:
            assert (ran.code, ran.codes[0]) == (1, code), role
            assert not (tmp_path / role / "build").exists()


@pytest.mark.parametrize("name", ODD)
def test_what_is_merely_odd_is_an_error_of_the_schema(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = ODD[name]()
    for role, file in ROLES.items():
        ran = here(place(project(tmp_path / role), file, data), monkeypatch)
        assert ran.code == 1, role
        assert ran.codes


def test_ten_megabytes_of_values_are_bounded(tmp_path: Path) -> None:
    """Text of the most values that are read, shown too."""
    ran = alone(place(project(tmp_path / "shop"), JOB, b"x-a: [" + b"x," * (4 * MB) + b"x]\n"), "compile")
    assert ran.code == 1
    assert "more than 250,000 values in one file" in ran.err
    assert ran.seconds < 20
    assert ran.peak < 500 * MB


def test_a_good_job_may_carry_what_is_huge(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Digits that Python would not print, text of a megabyte, and names that are methods elsewhere."""
    folder = project(tmp_path / "shop")
    job = (folder / JOB).read_bytes()
    more = b"x-text: " + b"y" * MB + b'\nx-proto: {__proto__: 1, constructor: 2, "": 3, "\\0": 4}\n'
    place(folder, JOB, job + more)
    assert here(folder, monkeypatch).code == 0
    manifest = json.loads((folder / "build/acme/orders.json").read_bytes())
    assert manifest["x-proto"] == {"__proto__": 1, "constructor": 2, "": 3, "\0": 4}
    for digits in (b"0x" + b"f" * 2990, b"9" * 3999, b"1" + b"0" * 300 + b".5"):
        place(folder, JOB, job + b"x-digits: " + digits + b"\n")
        assert here(folder, monkeypatch).code == 0
