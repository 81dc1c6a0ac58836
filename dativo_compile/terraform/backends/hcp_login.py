"""The token for a host of HCP Terraform, from where the Terraform CLI takes it; a helper program is refused by name."""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dativo_compile.diagnostics.codes.backend import CREDENTIALS_MISSING
from dativo_compile.diagnostics.codes.service import LOGIN_REFUSED
from dativo_compile.terraform.backends.answers import inside
from dativo_compile.terraform.fault import StateFault

PREFIX = "TF_TOKEN_"
TOKENS = re.compile(r'"(?:\\.|[^"\\\n])*"|#[^\n]*|//[^\n]*|/\*.*?\*/', re.DOTALL)
CREDENTIALS = re.compile(r'\bcredentials\s+"([^"\n]+)"\s*\{([^{}]*)\}')
TOKEN = re.compile(r'\btoken\s*=\s*"((?:\\.|[^"\\\n])*)"')
HELPER = re.compile(r'\bcredentials_helper\s+"([^"\n]+)"')


def token_of(host: str, config: dict[str, Any]) -> str:
    """The settings' own first, then the variable, then the CLI's configuration. Raises `StateFault`."""
    token = str(config.get("token") or "") or _from_variables(host)
    if token:
        return token
    helper = ""
    for tokens, named in _configurations():
        token = tokens.get(normal(host)) or token  # the last file to name the host wins, as for the CLI
        helper = named or helper
    if token:
        return token
    login = f"terraform login {host}"
    if helper:
        raise StateFault(LOGIN_REFUSED, kind="a credentials helper", name=helper, help=_variable_help(host))
    raise StateFault(
        CREDENTIALS_MISSING, service=host, reason="no token is set", help=f"run `{login}`, or {_variable_help(host)}"
    )


def normal(host: str) -> str:
    """One spelling of a host's name: small letters, Punycode, no port 443."""
    name, colon, port = host.lower().partition(":")
    with contextlib.suppress(UnicodeError):
        name = name.encode("idna").decode("ascii") if not name.isascii() else name
    return name + (f":{port}" if colon and port != "443" else "")


def _variable_help(host: str) -> str:
    return f"set `{PREFIX}{normal(host).replace('-', '__').replace('.', '_')}` to a token that may read states"


def _from_variables(host: str) -> str:
    """`__` stands for `-` and `_` for `.`, which shells take in no name."""
    for name, value in os.environ.items():
        named = name.removeprefix(PREFIX).replace("__", "-").replace("_", ".")
        if value and name.startswith(PREFIX) and normal(named) == normal(host):
            return value
    return ""


def _configurations() -> Iterator[tuple[dict[str, str], str]]:
    """Each file's tokens by host, and the helper it names. One file that a variable names stands for all others."""
    named = os.environ.get("TF_CLI_CONFIG_FILE") or os.environ.get("TERRAFORM_CONFIG")
    if named:
        paths = [Path(named)]
    else:
        home = Path(os.environ.get("HOME") or "~").expanduser()
        folder = home / ".terraform.d"
        found = sorted(folder.iterdir()) if folder.is_dir() else []
        paths = [home / ".terraformrc", *(p for p in found if p.name.endswith((".tfrc", ".tfrc.json")))]
    for path in paths:
        try:
            text = path.read_text("utf-8")
        except (OSError, UnicodeDecodeError):
            continue
        yield _json(text) if text.lstrip().startswith("{") else _hcl(text)


def _json(text: str) -> tuple[dict[str, str], str]:
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return {}, ""
    credentials, helpers = inside(value, "credentials"), inside(value, "credentials_helper")
    tokens = {h: inside(entry, "token") for h, entry in credentials.items()} if type(credentials) is dict else {}
    helper = next(iter(helpers), "") if type(helpers) is dict else ""
    return {normal(host): token for host, token in tokens.items() if type(token) is str}, helper


def _hcl(text: str) -> tuple[dict[str, str], str]:
    text = TOKENS.sub(lambda token: token[0] if token[0].startswith('"') else " ", text)
    tokens = {}
    for block in CREDENTIALS.finditer(text):
        token = TOKEN.search(block[2])
        if token:
            tokens[normal(block[1])] = re.sub(r'\\(["\\])', r"\1", token[1])
    helper = HELPER.search(text)
    return tokens, helper[1] if helper else ""
