"""States in PostgreSQL, one row a workspace: https://developer.hashicorp.com/terraform/language/backend/pg"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dativo_compile.terraform.backends.settings import malformed, text
from dativo_compile.terraform.backends.transfer import (
    Limits,
    denied,
    fetched,
    limits_of,
    need,
    store_missing,
    too_large,
    unexpected,
    unreachable,
)

SCHEMA = "terraform_remote_state"
TABLE = "states"
GO_ONLY = ("binary_parameters", "disable_prepared_binary_result", "krbspn", "krbsrvname")
# What libpq says while it connects; it gives no code then. Servers set to another language meet the last resort.
REFUSED = re.compile(r"authentication failed|no password supplied|no pg_hba\.conf entry|is not permitted to log in")
MISSING = re.compile(r'(role|database) "[^"]*" does not exist')
NOT_FOR_RETRY = re.compile(
    r"could not translate host name|does not support SSL|certificate|invalid port number|SSL error"
)


@dataclass(frozen=True, slots=True)
class Postgres:
    """`dsn` may hold a password; `where` is host, port and database for people."""

    dsn: str = field(repr=False)
    where: str
    schema: str
    limits: Limits

    def location(self, workspace: str) -> str:
        return f"postgres://{self.where}/{self.schema}/{workspace}"

    def read(self, workspace: str) -> bytes | None:
        """Raises `StateFault`."""
        size = "octet_length(data)"
        query = f"select {size}, case when {size} <= %s then data end from {{}}.{{}} where name = %s"
        rows = fetched(self.limits, lambda: self._rows(query, (self.limits.largest, workspace)))
        if not rows or rows[0][0] is None:
            return None
        if rows[0][1] is None:
            raise too_large(self.limits)
        return str(rows[0][1]).encode()

    def workspaces(self) -> tuple[str, ...]:
        """Raises `StateFault`."""
        rows = fetched(self.limits, lambda: self._rows("select name from {}.{} where name is not null", ()))
        return tuple(sorted(str(row[0]) for row in rows))

    def _rows(self, query: str, values: tuple[Any, ...]) -> list[tuple[Any, ...]]:
        """In a transaction that the server itself keeps from writing."""
        import psycopg
        from psycopg import sql

        fault: Exception
        try:
            with psycopg.connect(self.dsn, connect_timeout=max(2, int(self.limits.connect))) as connection:
                connection.read_only = True
                with connection.cursor() as cursor:
                    cursor.execute(sql.SQL("set local statement_timeout = {}").format(int(self.limits.read * 1000)))
                    table = sql.Identifier(self.schema), sql.Identifier(TABLE)
                    cursor.execute(sql.SQL(query).format(*table), values)
                    return cursor.fetchall()
        except psycopg.Error as error:
            fault = self._fault(error)
        raise fault  # outside of `except`: the library's error may quote the connection string

    def _fault(self, error: Any) -> Exception:
        """In our words; PostgreSQL's codes are in Appendix A of its manual."""
        code, said = error.sqlstate or "", str(error)
        if code in ("42P01", "3F000"):
            return store_missing("table", f"{self.schema}.{TABLE}", (f"looked for in {self.where}",))
        if code == "42501":
            return denied(f"the role may not read `{self.schema}.{TABLE}`")
        if code == "57014":
            return unreachable(f"no answer within {self.limits.read:g} seconds")
        missing = MISSING.search(said)
        if code == "3D000" or (missing and missing[1] == "database"):
            return store_missing("database", self.where.rpartition("/")[2])
        if code[:2] == "28" or missing or REFUSED.search(said):
            return denied("the server refuses the user or the password")
        if code[:2] in ("42", "22"):
            return unexpected("a table that is not Terraform's")
        return unreachable(_reason(said), passing=not NOT_FOR_RETRY.search(said))


def opened(config: dict[str, Any], root: Path, module: str) -> Postgres:
    """What the connection string leaves open is libpq's to find: `PG*` variables, the password file.

    Raises `StateFault`.
    """
    need("pg", "postgres", psycopg="psycopg")
    from psycopg import ProgrammingError
    from psycopg.conninfo import conninfo_to_dict, make_conninfo

    given = text(config, "conn_str", "PG_CONN_STR") or ""
    for name in GO_ONLY:
        given = re.sub(rf"[?&]?\b{name}=[^&\s]*", "", given)
    try:
        parts = conninfo_to_dict(given)
        if not parts.get("sslmode") and not os.environ.get("PGSSLMODE"):
            parts["sslmode"] = "require"  # as Terraform's own client; libpq's default would fall back to plain text
        dsn = make_conninfo("", **(parts | {"client_encoding": "utf8", "application_name": "dativo-compile"}))
    except ProgrammingError:
        dsn = ""
    if not dsn:
        help = (
            "give `postgres://HOST/DATABASE` or `host=... dbname=...`; special characters in a URL are percent-encoded"
        )
        raise malformed(config, "conn_str", "is no connection string", help)
    return Postgres(dsn, _where(parts), text(config, "schema_name", "PG_SCHEMA_NAME") or SCHEMA, limits_of(config))


def _where(parts: dict[str, Any]) -> str:
    """Host, port and database as libpq takes them. A host that is a folder (of a socket) is no path to show."""
    host = str(parts.get("host") or parts.get("hostaddr") or os.environ.get("PGHOST") or "localhost")
    port = str(parts.get("port") or os.environ.get("PGPORT") or "5432")
    user = str(parts.get("user") or os.environ.get("PGUSER") or "")
    name = str(parts.get("dbname") or os.environ.get("PGDATABASE") or user)
    return f"{'localhost' if host.startswith('/') else host}:{port}/{name}"


def _reason(said: str) -> str:
    reasons = {
        "Connection refused": "the connection is refused",
        "could not translate host name": "the host's name is not known",
        "timeout expired": "no connection in time",
        "does not support SSL": "the server does not speak TLS (`sslmode=disable` allows plain text)",
        "certificate": "the server's certificate is not trusted",
        "too many clients": "the server has too many connections",
        "starting up": "the server is starting",
        "server closed the connection": "the server closed the connection",
    }
    return next((reason for text, reason in reasons.items() if text in said), "no connection can be made")
