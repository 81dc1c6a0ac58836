"""A secret is in no byte written or printed: good jobs and broken ones, every format, every pass that fails."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from dativo_compile.pipeline import PASSES
from tests.secrets import CALL, FORMATS, JOB, ROOT, STATE, S, Vault, files, output, outputs, v4

Change = Callable[[Vault], None]
BOTH = [["compile"], ["compile", "--format", "json"]]
ALL = [*BOTH, ["compile", "--format", "sarif"], ["compile", "--format", "github"]]
TOLD = ["source", "target", "references", "tags", "table_properties", "source.connection.password"]


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(tmp_path / "shop")


@pytest.mark.parametrize("format", FORMATS)
def test_a_good_job_from_a_state_of_every_format(vault: Vault, format: str) -> None:
    vault.write(STATE, FORMATS[format](outputs()))
    for args in (*BOTH, ["compile", "--state", f"acme-dev={STATE}"]):
        assert vault.run(*args).returncode == 0
    manifest = json.loads(files(vault.folder)["build/acme/orders.json"])
    connection = manifest["source"]["connection"]
    assert connection["password"] == {"$ref": "secret:dativo/acme/dev/db_password"}
    assert connection["extra"]["token"] == {"$ref": "secret:dativo/acme/dev/database#login.token"}
    for path in TOLD:
        for more in ([], ["--format", "json"]):
            assert vault.run("why", "orders", path, *more).returncode == 0


def edit(name: str, old: str, new: str) -> Change:
    return lambda vault: vault.edit(name, old, new)


def connected(text: str) -> Change:
    """Lines of the job's source connection instead of the mapped password."""

    def change(vault: Vault) -> None:
        vault.edit(JOB, "      db_password: source.connection.password\n", "")
        vault.edit(JOB, "    user: ${PGUSER}\n", "".join(f"    {line}\n" for line in text.splitlines()))

    return change


def template(name: str, text: str) -> Change:
    """Lines of a connector's template."""
    lines = "".join(f"  {line}\n" for line in text.splitlines())

    def change(vault: Vault) -> None:
        file = vault.folder / f"connectors/{name}.yaml"
        old = file.read_text().replace("connection_template:\n", "")
        vault.write(f"connectors/{name}.yaml", old.partition("  s3:")[0] + f"connection_template:\n{lines}")

    return change


def state(**more: object) -> Change:
    return lambda vault: vault.write(STATE, v4(outputs(**more)))


def raw(change: Callable[[str], str]) -> Change:
    return lambda vault: vault.write(STATE, change(v4(outputs())))


def appended(text: str) -> Change:
    return lambda vault: vault.write(JOB, (vault.folder / JOB).read_text() + text)


BROKEN: dict[str, Change] = {
    "a literal beside a sensitive output": edit(JOB, "user: ${PGUSER}", f"password: {S}"),
    "a literal mapping beside a part of one": edit(JOB, "user: ${PGUSER}", f"extra: {{token: {S}}}"),
    "a literal in the job": connected(f"password: {S}"),
    "in a list": connected(f"password: [a, {S}]"),
    "in a mapping": connected(f"secret: {{a: {{b: {S}}}}}"),
    "a block scalar": connected(f"private_key: |\n  BEGIN\n  {S}\n  END"),
    "a folded scalar": connected(f"connection_string: >-\n  Host=x;\n  Password={S}"),
    "the user of a URL": connected(f"uri: postgres://etl:{S}@db/shop"),
    "a password inside a text": connected(f"dsn: Host=x;Password={S};Port=1"),
    "a password in a text with a reference": connected(f"dsn: Host=${{PGHOST}};Password={S}"),
    "a literal in the source's connector": template("csv", f"api_key: {S}"),
    "a literal in the target's connector": template("iceberg", f"s3: {{secret_access_key: {S}}}"),
    "a key twice": connected(f"password: {S}\npassword: {S}2"),
    "broken text": connected(f"password: {S}\nbroken: ["),
    "an unknown key": appended(f"\npassword: {S}\n"),
    "a wrong type": edit(JOB, 'schedule: "0 3 * * *"', f"schedule: {{password: {S}}}"),
    "a misplaced output": edit(JOB, "db_password: source.connection.password", "db_password: target.table"),
    "a misplaced part of one": edit(JOB, "database.login.token: source.", "database.login.user: infrastructure.tags."),
    "no such part": edit(JOB, "database.login.token:", "database.login.tokken:"),
    "no such element": edit(JOB, "database.login.token:", "database.hosts[7]:"),
    "a query into one": edit(JOB, "database.login.token:", "'database.hosts[*]':"),
    "an unknown output": edit(JOB, "db_password:", "db_pasword:"),
    "a secret null": state(db_password=output(None, True)),
    "a secret empty text": state(db_password=output("", True)),
    "the guard differs": state(tenant_id=output("globex"), environment=output(S, True), region=output(S, True)),
    "a truncated state": raw(lambda text: text[:-90]),
    "cut in the secret": raw(lambda text: text[: text.index(S) + len(S)]),
    "a control character beside it": raw(lambda text: text.replace(S, S + "\n", 1)),
    "an escape beside it": raw(lambda text: text.replace(S, S + "\\x", 1)),
    "a comma missing beside it": raw(lambda text: text.replace(f'"{S}"', f'"{S}" "{S}"', 1)),
    "half a surrogate beside it": raw(lambda text: text.replace(f'"{S}"', f'"{S}\\ud800"', 1)),
    "a version that is none": raw(lambda text: text.replace('"version": 4', f'"version": "{S}"')),
    "a flag that is none": raw(lambda text: text.replace("true", f'"{S}"', 1)),
    "an output that is none": state(other=S),
    "outputs that are none": raw(lambda text: json.dumps({"version": 4, "outputs": S})),
    "no state at all": raw(lambda text: json.dumps([S])),
    "plain text": raw(lambda text: f'db_password = "{S}"\n'),
    "a page": raw(lambda text: f"<html>{S}</html>"),
    "a pointer": raw(lambda text: json.dumps({"version": 3, "backend": {"type": S.upper(), "config": {"token": S}}})),
    "an encrypted state": raw(lambda text: json.dumps({"encrypted_data": S, "encryption_version": S, "meta": {}})),
    "a type that is none": state(other={**output("a"), "type": {S: [S]}, "sensitive": S}),
    "a literal in dativo.yaml": lambda vault: vault.write("dativo.yaml", f"default_catalog: sql\npassword: {S}\n"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_job(vault: Vault, name: str) -> None:
    BROKEN[name](vault)
    for args in ALL:
        assert vault.run(*args).returncode == 1
        assert not (vault.folder / "build").exists()
    assert vault.run("why", "orders", "source", "--format", "json").returncode in (1, 2)


GOOD: dict[str, Change] = {
    "a connector's literal that the job beats": lambda vault: (
        template("csv", f"password: {S}\nuri: postgres://etl:{S}@db/shop\nsecret: {{a: {S}}}")(vault),
        connected("password: ${DB_PASSWORD}\nuri: ${URI}\nsecret: {a: '${DB_PASSWORD}'}")(vault),
    )[0],
    "one that an output beats": template("csv", f"password: {S}"),
    "one that a reference beats in a list": lambda vault: (
        template("csv", f"token: [{S}]")(vault), connected("token: ['${A}']")(vault),
    )[0],
    "a state with more in it": state(
        more=output([S, {"a": S}], True), number=output(5, True), **{f"name_{n}": output(S, True) for n in range(3)}
    ),
    "a text that only names one": connected("token_url: https://idp/${TENANT}"),
}  # fmt: skip


@pytest.mark.parametrize("name", GOOD)
def test_a_good_job_in_bad_company(vault: Vault, name: str) -> None:
    GOOD[name](vault)
    for args in BOTH:
        ran = vault.run(*args)
        assert ran.returncode == 0, ran
    for more in ([], ["--format", "json"]):
        assert vault.run("why", "orders", "source", *more).returncode == 0
        assert vault.run("why", "orders", "source.connection", *more).returncode == 0


def test_a_default_is_in_the_manifest_alone(tmp_path: Path) -> None:
    """The author gave it to git and to the runner; nothing repeats it."""
    vault = Vault(tmp_path / "shop")
    connected("password: ${DB_PASSWORD:-d3fault}\nurl: https://h/${PATH_TOKEN:-d3fault}/x")(vault)
    for args in (*BOTH, ["why", "orders", "source"], ["why", "orders", "source", "--format", "json"]):
        ran = vault.run(*args)
        assert ran.returncode == 0
        assert b"d3fault" not in ran.stdout + ran.stderr, ran
    assert ran.stdout
    holding = [name for name, data in files(vault.folder / "build").items() if b"d3fault" in data]
    assert holding == ["acme/orders.json"]


CRASH = """
import dativo_compile.{module} as home

whole = home.{name}

def {function}(*args, **options):
    taken = whole(*args, **options)
    secret = "{secret}"
    raise {error}(secret)

home.{name} = {function}
"""


def crashing(module: str, name: str, error: str) -> str:
    function = name.replace(".", "_")
    return CRASH.format(module=module, name=name, function=function, secret=S, error=error) + CALL


@pytest.mark.parametrize("error", ["RuntimeError", "KeyError"])
@pytest.mark.parametrize("name", [one.__name__ for one in PASSES])
def test_a_fault_inside_each_pass(vault: Vault, name: str, error: str) -> None:
    code = crashing("pipeline", name, error)
    for args in ALL if error == "KeyError" else BOTH:
        ran = vault.run(*args, code=code, flags=("-X", "dev", "-X", "faulthandler"))
        assert ran.returncode == 70, ran
        assert b"DC9001" in (ran.stdout if "--format" in args else ran.stderr)
        assert not (vault.folder / "build").exists()


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("writer", "Writer.stage"),
        ("writer", "Writer.commit"),
        ("cli.show", "show_build"),
        ("terraform.formats", "read"),
    ],
)
def test_a_fault_outside_of_the_passes(vault: Vault, module: str, name: str) -> None:
    ran = vault.run("compile", code=crashing(module, name, "ValueError"))
    assert ran.returncode in (0, 70)
    if name != "read":  # bound by name elsewhere: not reached
        assert ran.returncode == 70


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_compile_that_is_stopped_at_its_state(vault: Vault, number: signal.Signals) -> None:
    before = files(vault.folder)
    running = subprocess.Popen(
        [sys.executable, "-c", CALL, "compile", "--state", "acme-dev=-"], cwd=vault.folder,
        env={"PYTHONPATH": str(ROOT)}, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    assert running.stdin
    running.stdin.write(v4(outputs()).encode())
    running.stdin.flush()
    time.sleep(1.5)
    running.send_signal(number)
    out, err = running.communicate()
    assert (running.returncode, out, err) == (130 if number == signal.SIGINT else -number, b"", b"")
    assert files(vault.folder) == before
