"""How AWS is logged in to: the user's own chain (variables, profiles, SSO, roles), after Terraform's settings."""

from __future__ import annotations

import os
from typing import Any

from dativo_compile.diagnostics.codes.backend import CREDENTIALS_MISSING
from dativo_compile.terraform.backends import settings
from dativo_compile.terraform.backends.machine import is_ec2
from dativo_compile.terraform.backends.transfer import denied, limits_of, unexpected, unreachable
from dativo_compile.terraform.fault import StateFault

SETTINGS = (
    "region", "profile", "access_key", "secret_key", "token", "shared_config_files", "shared_credentials_files",
    "shared_credentials_file", "assume_role", "assume_role_with_web_identity", "role_arn", "session_name",
    "external_id", "endpoint", "endpoints", "sts_endpoint", "sts_region", "use_path_style", "force_path_style",
    "use_fips_endpoint", "use_dualstack_endpoint", "insecure", "custom_ca_bundle", "skip_s3_checksum",
    "skip_metadata_api_check", "skip_credentials_validation", "timeout_seconds",
)  # fmt: skip
DENIALS = {
    "AccessDenied", "ExpiredToken", "InvalidAccessKeyId", "InvalidClientTokenId", "InvalidToken", "RequestExpired",
    "SignatureDoesNotMatch", "TokenRefreshRequired", "UnrecognizedClientException",
}  # fmt: skip
ROLE = {
    "role_arn": "RoleArn", "session_name": "RoleSessionName", "external_id": "ExternalId", "policy": "Policy",
    "source_identity": "SourceIdentity",
}  # fmt: skip
SSO_HELP = "log in again: `aws sso login`"


def files() -> tuple[str, ...]:
    """Files that the AWS libraries read credentials from."""
    config = os.environ.get("AWS_CONFIG_FILE", "~/.aws/config")
    return config, os.environ.get("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"), "~/.aws/sso/cache"


def client(config: dict[str, Any]) -> Any:
    """An S3 client. Raises `StateFault`, `ClientError`, `BotoCoreError`."""
    session = _session(config)
    for name in ("assume_role", "assume_role_with_web_identity"):
        role = settings.block(config, name)
        if not role and name == "assume_role" and config.get("role_arn"):
            role = {key: config.get(key) for key in ROLE}  # as Terraform 1.5 and earlier wrote it
        if role:
            session = _assumed(session, config, role, web=name.endswith("identity"))
    endpoint = _endpoint(config, "s3", "endpoint", "AWS_ENDPOINT_URL_S3", "AWS_S3_ENDPOINT")
    region = _region(config, session)
    if region is None and endpoint is None and not os.environ.get("AWS_ENDPOINT_URL"):
        help = "give it in the `backend` block, or set AWS_REGION"
        raise settings.malformed(config, "region", "is missing", help)
    return session.create_client("s3", region or "us-east-1", endpoint_url=endpoint, **_transport(config))


def _session(config: dict[str, Any]) -> Any:
    from botocore.session import Session

    session = Session(profile=settings.text(config, "profile"))
    for name, variable in (("shared_config_files", "config_file"), ("shared_credentials_files", "credentials_file")):
        given = config.get(name) or config.get(name.removesuffix("s"))
        paths = given if isinstance(given, list) else [given] if given else []
        if len(paths) > 1:
            raise settings.malformed(config, name, "names more than one file", "name one, or put them into one file")
        if paths:
            session.set_config_variable(variable, os.path.expanduser(str(paths[0])))
    access, secret = settings.text(config, "access_key"), settings.text(config, "secret_key")
    if access and secret:
        session.set_credentials(access, secret, settings.text(config, "token"))
    elif not _may_ask_machine(config):
        session.get_component("credential_provider").remove("iam-role")
    return session


def _may_ask_machine(config: dict[str, Any]) -> bool:
    """Instance metadata is the user's chain where the machine is an instance, or where the settings ask for it."""
    asked = config.get("skip_metadata_api_check")
    if asked in (None, ""):
        return is_ec2()
    return str(asked).lower() == "false"


def _assumed(session: Any, config: dict[str, Any], role: dict[str, Any], *, web: bool) -> Any:
    from botocore.session import Session

    wanted = {theirs: str(role[ours]) for ours, theirs in ROLE.items() if role.get(ours)}
    wanted.setdefault("RoleSessionName", "dativo-compile")
    if "RoleArn" not in wanted:
        raise settings.malformed(config, "assume_role", "has no `role_arn`")
    more: dict[str, Any] = {}
    if role.get("tags"):
        more["Tags"] = [{"Key": str(key), "Value": str(value)} for key, value in sorted(role["tags"].items())]
    if role.get("transitive_tag_keys"):
        more["TransitiveTagKeys"] = list(role["transitive_tag_keys"])
    if role.get("policy_arns"):
        more["PolicyArns"] = [{"arn": str(arn)} for arn in role["policy_arns"]]
    sts = session.create_client(
        "sts", settings.text(config, "sts_region") or _region(config, session) or "us-east-1",
        endpoint_url=_endpoint(config, "sts", "sts_endpoint", "AWS_ENDPOINT_URL_STS", "AWS_STS_ENDPOINT"),
        **_transport(config, path=False),
    )  # fmt: skip
    if web:
        wanted = {key: value for key, value in wanted.items() if key in ("RoleArn", "RoleSessionName", "Policy")}
        answer = sts.assume_role_with_web_identity(**wanted, WebIdentityToken=_web_token(config, role))
    else:
        answer = sts.assume_role(**wanted, **more)
    given = answer["Credentials"]
    assumed = Session(profile=settings.text(config, "profile"))
    assumed.set_credentials(given["AccessKeyId"], given["SecretAccessKey"], given["SessionToken"])
    return assumed


def _web_token(config: dict[str, Any], role: dict[str, Any]) -> str:
    name = role.get("web_identity_token_file") or os.environ.get("AWS_WEB_IDENTITY_TOKEN_FILE")
    if role.get("web_identity_token"):
        return str(role["web_identity_token"])
    if not name:
        raise settings.malformed(config, "assume_role_with_web_identity", "has no `web_identity_token_file`")
    try:
        with open(str(name), encoding="utf-8") as file:
            return file.read().strip()
    except (OSError, UnicodeDecodeError):
        pass
    raise settings.malformed(config, "assume_role_with_web_identity", "names a token file that cannot be read")


def _endpoint(config: dict[str, Any], service: str, flat: str, *variables: str) -> str | None:
    """A custom endpoint; AWS_ENDPOINT_URL and the profile's own are left to the library."""
    return (
        settings.text(settings.block(config, "endpoints"), service)
        or settings.text(config, flat)
        or settings.text({}, "", *variables)
    )


def _region(config: dict[str, Any], session: Any) -> str | None:
    """AWS_REGION is Terraform's and newer SDKs' name; Python's own knows AWS_DEFAULT_REGION only."""
    return settings.text(config, "region", "AWS_REGION", "AWS_DEFAULT_REGION") or session.get_config_variable("region")


def _transport(config: dict[str, Any], *, path: bool = True) -> dict[str, Any]:
    from botocore.config import Config

    limits = limits_of(config)
    options: dict[str, Any] = {
        "connect_timeout": limits.connect, "read_timeout": limits.read, "max_pool_connections": 16,
        "retries": {"total_max_attempts": 1, "mode": "standard"},  # one table of retries for all backends
    }  # fmt: skip
    if path and (settings.flag(config, "use_path_style") or settings.flag(config, "force_path_style")):
        options["s3"] = {"addressing_style": "path"}
    for name in ("use_fips_endpoint", "use_dualstack_endpoint"):
        if settings.flag(config, name):
            options[name] = True
    if settings.flag(config, "skip_s3_checksum"):
        options["response_checksum_validation"] = "when_required"
    verify: Any = False if settings.flag(config, "insecure") else settings.text(config, "custom_ca_bundle")
    verify = os.environ.get("SSL_CERT_FILE") if verify is None and not os.environ.get("AWS_CA_BUNDLE") else verify
    return {"config": Config(**options), "verify": verify}


def fault_of(error: Exception) -> Exception:
    """What the library says before there is an answer, in our words: its own may name URLs and files."""
    kind = type(error).__name__
    if kind in ("NoCredentialsError", "PartialCredentialsError", "CredentialRetrievalError"):
        return _no_credentials("none were found" if kind.startswith("No") else "those found cannot be used")
    if kind in ("ProfileNotFound", "ConfigNotFound", "ConfigParseError", "InvalidConfigError"):
        return _no_credentials("the profile does not exist" if kind == "ProfileNotFound" else "its files are broken")
    if "SSO" in kind or "Token" in kind or "Login" in kind:
        return _no_credentials("the SSO session has expired or was never begun", SSO_HELP)
    if kind in ("ConnectTimeoutError", "ReadTimeoutError"):
        return unreachable("the server did not answer in time")
    if kind == "SSLError":
        return unreachable("the TLS certificate of the server is not trusted", passing=False)
    if kind in ("EndpointConnectionError", "ProxyConnectionError", "ConnectionClosedError", "ConnectionError"):
        return unreachable("the connection failed" if kind != "ConnectionClosedError" else "the connection broke")
    if kind == "HTTPClientError":
        return unreachable("the connection broke")
    if kind == "ParamValidationError":
        return denied("the name of the bucket or the key is not one", help="correct it")
    return unexpected(f"in a way that its library refuses (`{kind}`)")


def _no_credentials(
    reason: str, help: str = "log in (`aws configure`, `aws sso login`) or set AWS_PROFILE"
) -> StateFault:
    return StateFault(CREDENTIALS_MISSING, service="AWS", reason=reason, help=help)
