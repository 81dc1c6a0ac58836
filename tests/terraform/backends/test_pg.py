"""The `pg` backend against a real PostgreSQL: rows, variables, the password file, roles, and what goes wrong."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import psycopg
import pytest

from dativo_compile.terraform.backends.transfer import Transient
from tests.terraform.backends.asking import STATE, backend, bucket, report
from tests.terraform.backends.servers.postgres import dsn

PASSWORD = "tf-password"
TABLE = "create table {0}.states (id bigint primary key generated always as identity, name text unique, data text)"


@pytest.fixture(scope="module")
def port(postgres_port: int) -> int:
    with psycopg.connect(dsn(postgres_port)) as connection:
        for schema in ("terraform_remote_state", "teams"):
            connection.execute(f"create schema {schema}")
            connection.execute(TABLE.format(schema))
            rows = [("default", STATE), ("acme-prod", STATE), ("it's", STATE)]
            for row in rows[: 3 if schema == "teams" else 2]:
                connection.execute(f"insert into {schema}.states (name, data) values (%s, %s)", row)
        connection.execute("create schema odd; create table odd.states (name int)")
        connection.execute("create role reader login password 'reader-password'")
        connection.execute("grant usage on schema teams to reader")
    return postgres_port


def contents(port: int) -> list[Any]:
    """What is stored, and how often the table was written to."""
    with psycopg.connect(dsn(port)) as connection:
        rows = connection.execute("select *, xmin::text from terraform_remote_state.states order by name").fetchall()
        names = connection.execute("select schemaname, tablename from pg_tables where schemaname !~ '^pg_'").fetchall()
        return [*rows, *sorted(names)]


def test_rows_are_read_and_nothing_written(port: int) -> None:
    before, opened = contents(port), backend("pg", conn_str=dsn(port))
    assert [bucket(opened), bucket(opened, "acme-prod")] == ["acme-lake"] * 2
    assert opened.workspaces() == ("acme-prod", "default")
    assert opened.read("acme-prd") is None
    assert opened.location("acme-prod") == f"postgres://127.0.0.1:{port}/tfstate/terraform_remote_state/acme-prod"
    assert contents(port) == before
    assert PASSWORD not in repr(opened)


def test_another_schema_and_names_that_need_quoting(port: int) -> None:
    opened = backend("pg", conn_str=dsn(port), schema_name="teams")
    assert bucket(opened, "it's") == "acme-lake"
    assert opened.workspaces() == ("acme-prod", "default", "it's")


def test_the_transaction_cannot_write(port: int) -> None:
    opened = backend("pg", conn_str=dsn(port))
    with pytest.raises(Transient):
        opened._rows("delete from {}.{} returning name", ())
    assert len(opened.workspaces()) == 2


def test_variables_and_the_password_file(port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pgpass").write_text(f"127.0.0.1:{port}:*:tf:{PASSWORD}\n")
    (tmp_path / "pgpass").chmod(0o600)
    variables = {
        "PGHOST": "127.0.0.1", "PGPORT": str(port), "PGUSER": "tf", "PGDATABASE": "tfstate", "PGSSLMODE": "disable",
        "PGPASSFILE": str(tmp_path / "pgpass"),
    }  # fmt: skip
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    opened = backend("pg")
    assert bucket(opened) == "acme-lake"
    assert opened.location("default") == f"postgres://127.0.0.1:{port}/tfstate/terraform_remote_state/default"
    monkeypatch.setenv("PG_SCHEMA_NAME", "teams")
    assert bucket(backend("pg"), "it's") == "acme-lake"


@pytest.mark.parametrize("extra", ["", "&binary_parameters=yes"])
def test_a_connection_string_from_a_variable(port: int, monkeypatch: pytest.MonkeyPatch, extra: str) -> None:
    monkeypatch.setenv("PG_CONN_STR", dsn(port) + extra)
    assert bucket(backend("pg")) == "acme-lake"


def test_tls_is_asked_for_unless_it_is_switched_off(port: int) -> None:
    said = report(lambda: backend("pg", conn_str=dsn(port).partition("?")[0]).read("default"), PASSWORD)
    assert said.startswith(
        "DC3030 error: the state cannot be fetched: the server does not speak TLS (`sslmode=disable`"
    )


def denied(said: str) -> bool:
    return said.startswith("DC3031 error: access to the state is denied: the server refuses the user or the password")


def test_wrong_credentials(port: int) -> None:
    for wrong in (
        dsn(port).replace(PASSWORD, "wrong-password"),
        dsn(port).replace(f":{PASSWORD}", ""),
        dsn(port).replace("tf:", "nobody:"),
    ):
        assert denied(report(lambda wrong=wrong: backend("pg", conn_str=wrong).read("default"), "wrong-password"))
    reader = dsn(port).replace(f"tf:{PASSWORD}", "reader:reader-password")
    said = report(lambda: backend("pg", conn_str=reader, schema_name="teams").read("default"), "reader-password")
    assert said.startswith("DC3031 error: access to the state is denied: the role may not read `teams.states`")


def test_what_is_missing_is_named(port: int) -> None:
    said = report(lambda: backend("pg", conn_str=dsn(port), schema_name="none").read("default"))
    assert said.splitlines()[:2] == [
        "DC3032 error: the table `none.states` does not exist",
        "note: looked for in 127.0.0.1:PORT/tfstate",
    ]
    said = report(lambda: backend("pg", conn_str=dsn(port, "gone")).read("default"), PASSWORD)
    assert said.startswith("DC3032 error: the database `gone` does not exist")
    said = report(lambda: backend("pg", conn_str=dsn(port), schema_name="odd").read("default"))
    assert said.startswith("DC3041 error: the server does not answer like one that holds states: a table that is not")


def test_a_state_that_is_too_large_is_not_sent(port: int) -> None:
    from dataclasses import replace

    opened = backend("pg", conn_str=dsn(port))
    small = replace(opened, limits=replace(opened.limits, largest=100))
    assert report(lambda: small.read("default")).startswith("DC3033 error: the state is larger than")


@pytest.mark.parametrize("given", ["host", "postgres://u:p@ss word@h/d", "password='open"])
def test_a_connection_string_that_is_none(given: str) -> None:
    assert report(lambda: backend("pg", conn_str=given), "p@ss", "open").startswith(
        "DC3038 error: the setting `conn_str` of the backend `pg` is no connection string"
    )


def test_nobody_listens_and_nobody_answers() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        number = taken.getsockname()[1]
        said = report(lambda: backend("pg", conn_str=dsn(number)).read("default"), PASSWORD)
        assert said.startswith("DC3030 error: the state cannot be fetched: the connection is refused")
        taken.listen()
        said = report(lambda: backend("pg", conn_str=dsn(number), seconds=1).read("default"), PASSWORD)
        assert said.startswith("DC3035 error: the state did not arrive within 1 seconds")


def test_a_server_that_hangs_up_once_is_asked_again(port: int) -> None:
    """A door before the server slams once, then lets everything through."""
    with socket.create_server(("127.0.0.1", 0)) as door:

        def serve() -> None:
            door.accept()[0].close()
            client, _ = door.accept()
            with client, socket.create_connection(("127.0.0.1", port)) as server:
                back = threading.Thread(target=pump, args=(server, client), daemon=True)
                back.start()
                pump(client, server)
                back.join(5)

        threading.Thread(target=serve, daemon=True).start()
        assert bucket(backend("pg", conn_str=dsn(door.getsockname()[1]), seconds=10)) == "acme-lake"


def pump(source: socket.socket, target: socket.socket) -> None:
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return


def test_without_the_extra_the_command_is_named() -> None:
    """In a process of its own whose import system has no such package."""
    program = (
        "import sys; sys.modules['psycopg'] = None\n"
        "from pathlib import Path\n"
        "from dativo_compile.terraform.backends import BACKENDS\n"
        "from dativo_compile.terraform.fault import StateFault\n"
        "try: BACKENDS['pg']({'type': 'pg'}, Path('/'), '.')\n"
        "except StateFault as fault: print(fault.at(None).message, fault.help, sep='; ')\n"
    )
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert ran.stdout.strip() == (
        "reading states of `pg` needs the package `psycopg`, which is not installed; "
        "run `pip install 'dativo-compile[postgres]'`"
    )
