"""States in HCP Terraform and Terraform Enterprise, for `backend "remote"` and the `cloud` block, over their API:
https://developer.hashicorp.com/terraform/cloud-docs/api-docs/state-versions
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urljoin

from dativo_compile.diagnostics.codes.service import SERVICE_MISSING
from dativo_compile.terraform.backends.answers import decoded, found, inside
from dativo_compile.terraform.backends.hcp_login import normal, token_of
from dativo_compile.terraform.backends.hcp_names import Names, names_of
from dativo_compile.terraform.backends.settings import text
from dativo_compile.terraform.backends.transfer import (
    Limits,
    denied,
    fetched,
    limits_of,
    required,
    store_missing,
    unexpected,
)
from dativo_compile.terraform.backends.web import get, origin_of
from dativo_compile.terraform.fault import StateFault

HOST = "app.terraform.io"
SERVICES = ("tfe.v2", "tfe.v2.1", "tfe.v2.2", "state.v2")
KIND = "application/vnd.api+json"
PAGE, PAGES = 100, 20
MISSING_HELP = "correct the name, or have the token's owner given the right to read it: the API hides what is forbidden"


@dataclass(frozen=True, slots=True)
class Remote:
    """One workspace of HCP Terraform is one state; `names` says which of them is ours."""

    host: str
    organization: str
    names: Names
    token: str = field(repr=False)
    limits: Limits

    def location(self, workspace: str) -> str:
        return f"https://{self.host}/app/{self.organization}/workspaces/{self.names.shown(workspace)}"

    def read(self, workspace: str) -> bytes | None:
        """Raises `StateFault`."""
        name = self.names.remote(workspace)
        return fetched(self.limits, lambda: self._state(name))

    def workspaces(self) -> tuple[str, ...]:
        """As the CLI would name them, those without a state included. Raises `StateFault`."""
        if self.names.fixed:
            return self.names.listed([self.names.fixed])
        return self.names.listed(fetched(self.limits, self._listed))

    def _state(self, name: str) -> bytes | None:
        api = self._api()
        body = self._get(f"{api}organizations/{quote(self.organization, safe='')}/workspaces/{quote(name, safe='')}")
        if body is None:
            return None
        id = inside(decoded(body), "data", "id")
        if type(id) is not str:
            raise unexpected("a workspace without an id")
        body = self._get(f"{api}workspaces/{quote(id, safe='')}/current-state-version")
        if body is None:
            return None
        url = inside(decoded(body), "data", "attributes", "hosted-state-download-url")
        if not url:
            raise denied("the token may not download this workspace's state", help=MISSING_HELP)
        return self._downloaded(urljoin(api, str(url)), api)

    def _downloaded(self, url: str, api: str) -> bytes | None:
        """The address is signed, so it is shown nowhere; only the API's own host sees the token."""
        scheme, _, _ = origin_of(url)
        if scheme != "https":
            raise unexpected("a download address without TLS")
        headers = self._headers("application/json") if origin_of(url) == origin_of(api) else {}
        return found(get(url, self.limits, headers=headers))

    def _listed(self) -> list[str]:
        api, listed = self._api(), list[str]()
        for number in range(1, PAGES + 1):
            query = {"page[size]": str(PAGE), "page[number]": str(number), **self.names.query()}
            body = self._get(f"{api}organizations/{quote(self.organization, safe='')}/workspaces?{urlencode(query)}")
            if body is None:
                raise store_missing("organization", self.organization)
            page = decoded(body)
            entries = page.get("data")
            for entry in entries if type(entries) is list else []:
                name = inside(entry, "attributes", "name")
                listed += [name] if type(name) is str else []
            if not inside(page, "meta", "pagination", "next-page"):
                break
        return listed

    def _api(self) -> str:
        """What the host says of itself; asked for each state, because what it says may be another host's address."""
        start = f"https://{self.host}/.well-known/terraform.json"
        answer = get(start, self.limits, headers={"Accept": "application/json"})
        services = decoded(answer.body) if answer.status != 404 else {}
        path = next((services[name] for name in SERVICES if type(services.get(name)) is str), None)
        api = urljoin(answer.url, path) if path else ""
        if not api.startswith("https://"):
            help = "correct `hostname`, or leave it out for HCP Terraform"
            raise StateFault(SERVICE_MISSING, host=self.host, help=help)
        return api if api.endswith("/") else f"{api}/"

    def _get(self, url: str) -> bytes | None:
        return found(get(url, self.limits, headers=self._headers(KIND)))

    def _headers(self, kind: str) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}", "Accept": kind}


def opened(config: dict[str, Any], root: Path, module: str) -> Remote:
    """Raises `StateFault`."""
    cloud = config.get("type") == "cloud"
    variables = {"organization": "TF_CLOUD_ORGANIZATION", "hostname": "TF_CLOUD_HOSTNAME"} if cloud else {}
    given = {name: text(config, name, *filter(None, [variables.get(name)])) for name in ("organization", "hostname")}
    (organization,) = required(config | given, "organization")
    host = normal(given["hostname"] or HOST)
    return Remote(host, organization, names_of(config), token_of(host, config), limits_of(config))
