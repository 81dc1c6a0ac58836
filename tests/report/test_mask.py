"""No excerpt shows a secret that someone wrote into a file."""

from __future__ import annotations

import pytest

from dativo_compile.diagnostics.code import Code
from dativo_compile.diagnostics.diagnostic import diagnose
from dativo_compile.model.place import Place
from dativo_compile.report.text import render

FAULT = Code("DC1001", "any", "error", "wrong", "x")
SECRET = "hunter2"

HOLDING = [
    "password: hunter2",
    'DB_PASSWORD: "hunter2"',
    "a: {b: 1, apiKey: hunter2, c: 2}",
    "my_secret_value: hunter2",
    "access_key_id: hunter2",
    "token: [x, hunter2]",
    "secret:\n  nested: {deep: hunter2}",
    "private_key: |\n  BEGIN\n  hunter2\n  END\nz: 1",
    "connection_string: >-\n  Host=x;\n\n  Password=hunter2",
    "url: postgres://user:hunter2@host/db",
    "url: postgres://user:p/hunter2@host/db",
    "dsn: Host=x;Password=hunter2;Port=1",
    "u: https://h/x?token=hunter2&a=1",
    "host: x  # password: hunter2",
    "x: &p hunter2\npassword: *p",
    "base: &b {password: hunter2}\nc:\n  <<: *b",
    "password: ${PW:-hunter2}",
    "password:\n  - one\n  - hunter2",
    "password: hunter2\nbroken: [",
    "password: |\n  one\n  hunter2\nbroken: [",
    "broken: [\nz: {token: hunter2",
    "a: b: c\npassword:\n    deep:\n      x: hunter2",
]


@pytest.mark.parametrize("text", HOLDING)
def test_a_secret_is_in_no_excerpt(text: str) -> None:
    lines = text.splitlines()
    found = [
        diagnose(FAULT, Place("a.yaml", n, column, n, column + 5))
        for n in range(1, len(lines) + 1)
        for column in (1, 4, 10)
    ]
    out = render(found, lambda _: text.encode())
    assert SECRET not in out
    assert "***" in out


@pytest.mark.parametrize(
    "line",
    [
        "from_env: GITHUB_TOKEN",
        "file_template: /secrets/{tenant}/x.env",
        "password: ${PGPASSWORD}",
        "infrastructure: {terraform: {outputs: {db_password: source.connection.password}}}",
        "tables: [{name: public.orders}]",
        "u: https://host/path",
    ],
)
def test_what_is_no_secret_is_shown(line: str) -> None:
    out = render([diagnose(FAULT, Place("a.yaml", 1, 1, 1, 2))], lambda _: line.encode())
    assert line in out


def test_the_project_names_the_secrets_that_tenants_share_and_a_job_may_not() -> None:
    text = b"sharing: [{secret: hunter2}]\nx: {sharing: {secret: hunter2}}\n"
    for file, shown in (("dativo.yaml", [True, False]), ("jobs/a.yaml", [False, False])):
        lines = [render([diagnose(FAULT, Place(file, n, 1, n, 2))], lambda _: text) for n in (1, 2)]
        assert [SECRET in line for line in lines] == shown


def test_the_underline_covers_what_replaces_the_secret() -> None:
    out = render([diagnose(FAULT, Place("a.yaml", 1, 11, 1, 18))], lambda _: b"password: hunter2  # old\n")
    assert "1 | password: ***  # old\n  |           ^^^\n" in out


def test_a_file_nested_too_deep_is_still_masked() -> None:
    text = b"password: hunter2\na: " + b"[" * 50_000
    out = render([diagnose(FAULT, Place("a.yaml", 1, 1, 1, 4))], lambda _: text)
    assert "hunter2" not in out
