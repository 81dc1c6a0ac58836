"""Text from servers and libraries, fit to be shown: what could open something is taken out."""

from __future__ import annotations

import re

URL = re.compile(r"\b([a-z][a-z0-9+.-]*://)([^\s'\"<>`]*)", re.IGNORECASE)
HEADER = re.compile(r"\b(bearer|basic|negotiate|sharedkey)\s+[A-Za-z0-9._~+/=:-]{4,}", re.IGNORECASE)
PAIR = re.compile(
    r"(\b[\w.-]*(?:(?:password|passwd|passphrase|pwd|token|secret|signature|credential|api_?key|access_?key|private_?key)[\w-]*|\bsig|\bkey)['\"]?\s*[=:]\s*)"
    r"(?:'[^']*'|\"[^\"]*\"|[^\s,;&'\"]+)",
    re.IGNORECASE,
)
ACCESS_KEY = re.compile(r"\b(?:AKIA|ASIA)[A-Z0-9]{12,}\b")
JWT = re.compile(r"\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]*)?")
LONGEST = 300


def redacted(text: str) -> str:
    """One line of at most 300 characters without user names, passwords, query strings, tokens and access keys."""
    text = " ".join(text.split())
    text = URL.sub(lambda found: found[1] + _address(found[2]), text)
    text = HEADER.sub(r"\1 ***", text)
    text = PAIR.sub(r"\1***", text)
    text = JWT.sub("***", ACCESS_KEY.sub("***", text))
    return text if len(text) <= LONGEST else text[: LONGEST - 3] + "..."


def address(url: str) -> str:
    """A URL as outputs show it: without user name, password, query and fragment."""
    scheme, mark, rest = url.partition("://")
    return scheme + mark + _address(rest) if mark else url


def _address(rest: str) -> str:
    """What follows `://`. A password may hold `/`, `?` and `#`, so that the last `@` before a bare host counts."""
    rest = rest.split("?", 1)[0].split("#", 1)[0] if "@" not in rest else _without_user(rest)
    return rest.split("?", 1)[0].split("#", 1)[0]


def _without_user(rest: str) -> str:
    host, slash, path = rest.partition("/")
    if "@" in host or "?" in host or "#" in host:
        return host.rpartition("@")[2] + slash + path if "@" in host else rest.rpartition("@")[2]
    _, at, after = rest.rpartition("@")
    return after if at and ":" in host else rest
