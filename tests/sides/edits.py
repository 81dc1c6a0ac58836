"""What people do to a project, at random: edits that reach manifests, and edits that look as if they did."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path

Pick = random.Random
Edit = Callable[[Path, Pick], None]


def some(root: Path, pick: Pick, pattern: str) -> Path:
    """A file that no earlier edit has deleted."""
    return pick.choice(sorted(path for path in root.glob(pattern) if path.is_file()))


def replaced(pattern: str, old: str, new: str) -> Edit:
    """In one of the files that have the text; nothing if none has."""

    def edit(root: Path, pick: Pick) -> None:
        having = [path for path in sorted(root.glob(pattern)) if path.is_file() and old in path.read_text("utf-8")]
        if having:
            path = pick.choice(having)
            path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")

    edit.__name__ = f"{pattern}: {old!r} -> {new!r}"
    return edit


def appended(pattern: str, text: str) -> Edit:
    def edit(root: Path, pick: Pick) -> None:
        with some(root, pick, pattern).open("a", encoding="utf-8") as file:
            file.write(text)

    edit.__name__ = f"{pattern}: + {text!r}"
    return edit


def delete_job(root: Path, pick: Pick) -> None:
    some(root, pick, "jobs/**/*.yaml").unlink()


def rename_job(root: Path, pick: Pick) -> None:
    job = some(root, pick, "jobs/**/*.yaml")
    job.rename(job.with_name(f"renamed_{pick.randrange(1000)}.yaml"))


def other_extension(root: Path, pick: Pick) -> None:
    """The id stays."""
    job = some(root, pick, "jobs/**/*.yaml")
    job.rename(job.with_suffix(".yml"))


def copy_job(root: Path, pick: Pick) -> None:
    job, number = some(root, pick, "jobs/**/*.yaml"), pick.randrange(1000)
    text = job.read_text("utf-8")
    table = text.partition("  table: ")[2].partition("\n")[0]
    job.with_name(f"copy_{number}.yaml").write_text(text.replace(table, f"copy_{number}"), "utf-8")


def second_of_an_id(root: Path, pick: Pick) -> None:
    job = some(root, pick, "jobs/**/*.yaml")
    job.with_suffix(".yml").write_text(job.read_text("utf-8").replace("append", "upsert"), "utf-8")


def move_asset(root: Path, pick: Pick) -> None:
    """Jobs that name it find it no more."""
    asset = some(root, pick, "assets/**/*.yaml")
    asset.rename(asset.with_name("elsewhere.yaml"))


def asset_beside_the_jobs(root: Path, pick: Pick) -> None:
    """A path is tried from the root, then from the job's folder: the root's file is moved to where it comes second."""
    asset = some(root, pick, "assets/**/*.yaml")
    text = asset.read_text("utf-8").replace("retention_days: ", "retention_days: 1")
    for folder in sorted({job.parent for job in root.glob("jobs/**/*.yaml")}):
        near = folder / asset.relative_to(root)
        near.parent.mkdir(parents=True, exist_ok=True)
        near.write_text(text, "utf-8")
    if pick.random() < 0.5:
        asset.unlink()


def connector_as_link(root: Path, pick: Pick) -> None:
    connector = some(root, pick, "connectors/*.yaml")
    if not connector.is_symlink():
        connector.rename(connector.with_suffix(".real"))
        connector.symlink_to(connector.with_suffix(".real").name)


def path_map(root: Path, pick: Pick) -> None:
    """With one of them no connector is found, with the other nothing changes."""
    settings = root / "dativo.yaml"
    text = settings.read_text("utf-8")
    if "path_map" not in text:
        settings.write_text(f"path_map: {pick.choice(('{connectors: assets}', '{/app: .}'))}\n{text}", "utf-8")


def state_entry(root: Path, pick: Pick) -> None:
    """A workspace whose state is another file from now on, with or without another bucket in it."""
    state = some(root, pick, "states/*.tfstate")
    other = state.with_name(f"other-{state.name}")
    other.write_text(state.read_text("utf-8").replace("-lake-", pick.choice(("-lake-", "-pond-"))), "utf-8")
    settings = root / "dativo.yaml"
    settings.write_text(settings.read_text("utf-8").replace(f"states/{state.name}", f"states/{other.name}"), "utf-8")


def formatted_state(root: Path, pick: Pick) -> None:
    """The same state in other bytes."""
    state = some(root, pick, "states/*.tfstate")
    state.write_text(json.dumps(json.loads(state.read_text("utf-8"))), "utf-8")


EDITS: tuple[Edit, ...] = (
    replaced("jobs/**/*.yaml", "write_mode: append", "write_mode: upsert"),
    replaced("jobs/**/*.yaml", "3 * * *", "4 * * *"),
    replaced("jobs/**/*.yaml", "s3_bucket_name: ", "s3_bukket_name: "),  # compiles no more
    replaced("jobs/**/*.yaml", "s3_bucket_name: ", "tenant_id: target.connection.s3.bucket # "),
    replaced("jobs/**/*.yaml", "tenant_id: ", "tenant_id: : "),  # is no YAML any more
    replaced("jobs/**/*.yaml", "environment: ", "environment:   "),  # and this is the same value
    appended("jobs/**/*.yaml", "# a comment\n"),
    appended("jobs/**/*.yaml", "x-note: {a: 1}\n"),
    replaced("connectors/*.yaml", "parquet", "avro"),
    replaced("connectors/*.yaml", "STRIPE_API_KEY", "STRIPE_KEY"),
    replaced("connectors/*.yaml", "port: 5432", "port: 5433"),  # where the port is mapped, the connector's is beaten
    appended("connectors/*.yaml", "# a comment\n"),
    replaced("assets/**/*.yaml", "type: integer", "type: bigint"),
    replaced("assets/**/*.yaml", "classification: PII", "classification: PUBLIC"),
    replaced("assets/**/*.yaml", "retention_days: 30", "retention_days: 31"),
    replaced("assets/**/*.yaml", "  version: ", "  version: [] # "),  # broken
    appended("assets/**/*.yaml", "# a comment\n"),
    replaced("states/*", "-lake-prod", "-lake-live"),
    replaced("states/*", "rds.example", "db.example"),  # reaches the jobs that map it
    replaced("states/*", "made-up-", "new-"),  # sensitive, and mapped by none
    replaced("states/*", '"serial": 1', '"serial": 2'),
    replaced("states/*", '"value": "staging"', '"value": "test"'),  # the state is another's now
    replaced("terraform/lake/outputs.tf", "value = var.network", "value = var.net"),
    replaced("terraform/lake/outputs.tf", 'output "network"', 'output "net"'),  # is declared no more
    replaced("dativo.yaml", "terraform:", "tables: {namespace: x}\nterraform:"),
    replaced("dativo.yaml", "terraform:", "severity: {DC6001: error, DC8105: error, DC8104: error}\nterraform:"),
    replaced("dativo.yaml", "terraform:", "default_catalog: {type: nessie, uri: https://nessie.example}\nterraform:"),
    replaced("dativo.yaml", "terraform:", "secrets: {name_template: '{output}'}\nterraform:"),
    appended("dativo.yaml", "x-team: lake\n"),
    appended("dativo.yaml", "# a comment\n"),
    delete_job, rename_job, other_extension, copy_job, second_of_an_id, move_asset, asset_beside_the_jobs,
    connector_as_link, path_map, state_entry, formatted_state,
)  # fmt: skip
