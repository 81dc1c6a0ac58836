"""Fetching a state over a network: bounded in time and size, tried again where that helps, in the words of one table.

A backend's call is written once (`fetched(limits, call)`); what its library raises is brought to `StateFault`, or to
`Transient` for what may pass by itself.
"""

from __future__ import annotations

import importlib
import logging
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from dativo_compile.diagnostics.codes.backend import (
    ANSWER_UNEXPECTED,
    BACKEND_SETTING,
    EXTRA_MISSING,
    STATE_CUT_OFF,
    STATE_DENIED,
    STATE_TOO_LARGE,
    STATE_TOO_SLOW,
    STATE_UNREACHABLE,
    STORE_MISSING,
)
from dativo_compile.terraform.fault import StateFault

T = TypeVar("T")

LARGEST = 256 * 1024 * 1024  # bytes
PAUSES = (0.2, 0.6, 1.2)  # seconds before the second, third and fourth try; no jitter: a compile is one client
LONGEST_PAUSE = 10.0  # what a server may ask for with Retry-After
TOTAL = 60.0
CHUNK = 64 * 1024
REACH_HELP = "check the address and the network, or compile from a file: `--state WORKSPACE=FILE`"
DENIED_HELP = "check which credentials are in use, and that they may read this state"


@dataclass(frozen=True, slots=True)
class Limits:
    """In seconds: to connect, between two pieces of an answer, and for the whole with all retries; in bytes."""

    connect: float = 5.0
    read: float = 30.0
    total: float = TOTAL
    largest: int = LARGEST


class Transient(Exception):
    """What may pass by itself; `fault` is what to report if it does not.

    `after` is what Retry-After said, in seconds.
    """

    def __init__(self, fault: StateFault, after: float | None = None) -> None:
        super().__init__(fault.code.name)
        self.fault = fault
        self.after = after


def limits_of(config: dict[str, Any]) -> Limits:
    """`timeout_seconds` among a backend's settings bounds the whole, and each part of it. Raises `StateFault`."""
    given = config.get("timeout_seconds")
    if given is None:
        return Limits()
    try:
        total = float(given)
    except (TypeError, ValueError):
        total = 0.0
    if not 0 < total <= 3600:
        raise StateFault(
            BACKEND_SETTING, name="timeout_seconds", backend=config.get("type", ""),
            reason="is no number of seconds up to 3600", help="give a number, such as 60",
        )  # fmt: skip
    return Limits(min(5.0, total / 2), min(30.0, total / 2), total)  # halves: which clock strikes is no accident


def fetched(limits: Limits, call: Callable[[], T]) -> T:
    """What `call` gives, tried again while it raises `Transient`. Raises `StateFault`.

    The call runs in a thread of its own and is left behind when its time is over: name resolution and
    the libraries' log-ins know no time-out, and a trickle of bytes satisfies any between two reads.
    """
    done: list[T] = []
    failed = _Failed()

    def run() -> None:
        with failed:
            done.append(retrying(call, limits.total))

    thread = threading.Thread(target=run, name="fetch", daemon=True)
    thread.start()
    thread.join(limits.total)
    if failed.error is not None:
        raise failed.error
    if done:
        return done[0]
    raise too_slow(limits)


class _Failed:
    """Keeps what was raised in one thread for another to raise."""

    error: BaseException | None = None

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self.error = error
        return True


def retrying(call: Callable[[], T], total: float = TOTAL) -> T:
    """What `call` gives, tried four times while it raises `Transient`, within `total` seconds. Raises `StateFault`."""
    end = time.monotonic() + total
    for pause in PAUSES:
        try:
            return call()
        except Transient as passing:
            wait = pause if passing.after is None else max(pause, min(passing.after, LONGEST_PAUSE))
            fault = passing.fault
        if time.monotonic() + wait >= end:
            raise fault
        time.sleep(wait)
    try:
        return call()
    except Transient as passing:
        fault = passing.fault
    raise fault  # outside of `except`: a library's error may hold what must not be shown


def gathered(chunks: Iterable[bytes], limits: Limits, announced: int | None = None) -> bytes:
    """The pieces of a body as one, refused as soon as it is too large. `announced` is its Content-Length.

    Raises `StateFault`, and `Transient` for a body that ends early.
    """
    if announced is not None and announced > limits.largest:
        raise too_large(limits)
    end = time.monotonic() + limits.total
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > limits.largest:
            raise too_large(limits)
        if time.monotonic() > end:
            raise too_slow(limits)
    if announced is not None and len(body) != announced:
        raise cut_off(f"{len(body):,} of {announced:,} bytes arrived")
    return bytes(body)


def refused(status: int, *, retry_after: str | None = None, notes: tuple[str, ...] = ()) -> Exception:
    """What to raise for an HTTP status that is neither success nor, for the caller, absence."""
    if status in (401, 403):
        return StateFault(STATE_DENIED, reason=f"HTTP {status}", notes=notes, help=DENIED_HELP)
    if status in (408, 425, 429) or 500 <= status < 600:
        return Transient(_unreachable(f"the server answers HTTP {status}", notes), _seconds(retry_after))
    if 300 <= status < 400:
        return unexpected(f"a redirection (HTTP {status})", notes)
    return unexpected(f"HTTP {status}", notes)


def unreachable(reason: str, *, passing: bool = True, notes: tuple[str, ...] = ()) -> Exception:
    """What to raise when there is no answer; `reason` is in our words, never a library's."""
    fault = _unreachable(reason, notes)
    return Transient(fault) if passing else fault


def denied(reason: str, notes: tuple[str, ...] = (), help: str = DENIED_HELP) -> StateFault:
    return StateFault(STATE_DENIED, reason=reason, notes=notes, help=help)


def store_missing(what: str, name: str, notes: tuple[str, ...] = ()) -> StateFault:
    """`what` is "bucket", "container" or "table"."""
    help = f"correct the {what}'s name, or the account and region it is looked for in"
    return StateFault(STORE_MISSING, what=what, name=name, notes=notes, help=help)


def cut_off(reason: str) -> Transient:
    return Transient(StateFault(STATE_CUT_OFF, reason=reason, help="compile again; if it stays, look at the proxy"))


def too_large(limits: Limits) -> StateFault:
    help = "correct the address, or pass the outputs alone: `--state WORKSPACE=FILE`"
    return StateFault(STATE_TOO_LARGE, limit=f"{limits.largest // 1024 // 1024} MiB", help=help)


def too_slow(limits: Limits) -> StateFault:
    return StateFault(STATE_TOO_SLOW, seconds=f"{limits.total:g}", help=REACH_HELP)


def unexpected(found: str, notes: tuple[str, ...] = ()) -> StateFault:
    return StateFault(ANSWER_UNEXPECTED, found=found, notes=notes, help="correct the address or the endpoint")


def need(backend: str, extra: str, **packages: str) -> None:
    """Import a vendor's libraries (module with `__` for dots -> package). Raises `StateFault` if one is not there."""
    for module, package in packages.items():
        # What a library logs would else be printed, addresses and all, where the program sets up no logging.
        logger = logging.getLogger(module.partition("__")[0])
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
        try:
            importlib.import_module(module.replace("__", "."))
        except ImportError:
            missing = package
        else:
            continue
        raise extra_missing(backend, missing, extra)


def extra_missing(backend: str, package: str, extra: str) -> StateFault:
    """Raise it outside of `except`, for a library that cannot be imported."""
    help = f"run `pip install 'dativo-compile[{extra}]'`"
    return StateFault(EXTRA_MISSING, backend=backend, package=package, help=help)


def required(config: dict[str, Any], *names: str) -> tuple[str, ...]:
    """Settings that must be there, as text. Raises `StateFault` for the first that is not."""
    for name in names:
        if config.get(name) in (None, ""):
            kind = config.get("type", "")
            raise StateFault(
                BACKEND_SETTING, name=name, backend=kind, reason="is missing",
                help=f"give it in the `backend` block, or as `terraform.backends.{kind}.{name}` in `dativo.yaml`",
            )  # fmt: skip
    return tuple(str(config[name]) for name in names)


def _unreachable(reason: str, notes: tuple[str, ...]) -> StateFault:
    return StateFault(STATE_UNREACHABLE, reason=reason, notes=notes, help=REACH_HELP)


def _seconds(retry_after: str | None) -> float | None:
    """A date in Retry-After is ignored: it would need a clock that agrees with the server's."""
    return float(retry_after) if retry_after and retry_after.isascii() and retry_after.isdigit() else None
