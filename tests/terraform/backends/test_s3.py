"""S3 as moto plays it: where states are, who may read them, and that reading changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dativo_compile.terraform.backends import BACKENDS, Backend
from dativo_compile.terraform.fault import StateFault
from tests.terraform.backends.emulators import Server, moto

KEY = "platform/lake.tfstate"
ROLE = "arn:aws:iam::123456789012:role/reader"
STORED = {
    KEY: b"default",
    f"env:/acme-prod/{KEY}": b"acme-prod",
    f"env:/globex-prod/{KEY}": b"globex-prod",
    "env:/other/elsewhere.tfstate": b"another key's",
    f"teams/acme-prod/{KEY}": b"prefixed",
}


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with moto(tmp_path_factory.mktemp("moto")) as running:
        client = admin(running)
        client.create_bucket(Bucket="states", CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        for key, body in STORED.items():
            client.put_object(Bucket="states", Key=key, Body=body)
        yield running


@pytest.fixture(autouse=True)
def account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Credentials of the test's own: nobody's profile, and never the machine's."""
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_REGION", "AWS_DEFAULT_REGION", "AWS_CONFIG_FILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")


def admin(server: Server) -> Any:
    from botocore.session import Session

    session = Session()
    session.set_credentials("testing", "testing")
    return session.create_client("s3", "eu-west-1", endpoint_url=server.url)


def backend(server: Server, **settings: Any) -> Backend:
    config = {
        "type": "s3", "bucket": "states", "key": KEY, "region": "eu-west-1", "use_path_style": True,
        "endpoints": {"s3": server.url, "sts": server.url},
    }  # fmt: skip
    return BACKENDS["s3"](config | settings, Path(), ".")


def test_workspaces_lie_where_terraform_puts_them(server: Server) -> None:
    states = backend(server)
    assert states.read("default") == b"default"
    assert states.read("acme-prod") == b"acme-prod"
    assert states.location("acme-prod") == f"s3://states/env:/acme-prod/{KEY}"
    assert states.workspaces() == ("acme-prod", "default", "globex-prod")


def test_the_prefix_of_workspaces_can_be_another(server: Server) -> None:
    states = backend(server, workspace_key_prefix="teams")
    assert states.read("acme-prod") == b"prefixed"
    assert states.workspaces() == ("acme-prod", "default")


@pytest.mark.parametrize("workspace", ["acme-prdo", "../acme-prod", "a/b", ""])
def test_a_workspace_without_a_state_is_absent(server: Server, workspace: str) -> None:
    assert backend(server).read(workspace) is None


def test_a_missing_key_is_absent_and_a_missing_bucket_is_not(server: Server) -> None:
    assert backend(server, key="nowhere").read("default") is None
    with pytest.raises(StateFault, match="store-missing") as caught:
        backend(server, bucket="nobodys").read("default")
    assert caught.value.fields == {"what": "bucket", "name": "nobodys"}


def test_the_endpoint_may_come_from_the_environment(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", server.url)
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    assert backend(server, endpoints=None, region=None).read("default") == b"default"


def test_a_region_is_needed(server: Server) -> None:
    with pytest.raises(StateFault, match="backend-setting"):
        backend(server, endpoints=None, region=None).read("default")


@pytest.mark.parametrize("settings", [{"assume_role": {"role_arn": ROLE}}, {"assume_role": [{"role_arn": ROLE}]},
                                      {"role_arn": ROLE, "session_name": "me", "external_id": "42"}])  # fmt: skip
def test_a_role_is_assumed(server: Server, settings: dict[str, Any]) -> None:
    before = len(server.requests('"POST / '))
    assert backend(server, timeout_seconds=59, **settings).read("default") == b"default"
    assert len(server.requests('"POST / ')) == before + 1


def test_a_profile_that_assumes_a_role_works_as_for_terraform(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    folder = tmp_path / ".aws"
    folder.mkdir()
    (folder / "credentials").write_text("[start]\naws_access_key_id = testing\naws_secret_access_key = testing\n")
    (folder / "config").write_text(
        f"[profile reader]\nrole_arn = {ROLE}\nsource_profile = start\nregion = eu-west-1\n"
        f"endpoint_url = {server.url}\n"
    )
    assert backend(server, profile="reader", region=None).read("default") == b"default"
    monkeypatch.setenv("AWS_PROFILE", "reader")
    assert backend(server, region=None, endpoints=None).read("acme-prod") == b"acme-prod"


def test_an_sso_session_that_was_never_begun_says_how_to_log_in(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    folder = tmp_path / ".aws"
    folder.mkdir()
    (folder / "config").write_text(
        "[profile sso]\nsso_session = corp\nsso_account_id = 123456789012\nsso_role_name = reader\n"
        "[sso-session corp]\nsso_region = eu-west-1\nsso_start_url = https://corp.example/start\n"
    )
    with pytest.raises(StateFault, match="credentials-missing") as caught:
        backend(server, profile="sso").read("default")
    assert "aws sso login" in caught.value.help


def test_nothing_listens(server: Server) -> None:
    with pytest.raises(StateFault, match="state-unreachable"):
        backend(server, endpoints={"s3": "http://127.0.0.1:1"}, timeout_seconds=2).read("default")


def test_a_read_changes_nothing(server: Server) -> None:
    def contents() -> list[tuple[str, str, str]]:
        listed = admin(server).list_objects_v2(Bucket="states")["Contents"]
        return [(entry["Key"], entry["ETag"], str(entry["LastModified"])) for entry in listed]

    before = contents()
    states = backend(server)
    for workspace in ("default", "acme-prod", "acme-prdo"):
        states.read(workspace)
    states.workspaces()
    assert contents() == before
    assert len(before) == len(STORED)
