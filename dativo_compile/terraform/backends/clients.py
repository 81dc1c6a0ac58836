"""A vendor's client is made once for all states that are opened alike: it costs more than reading a state."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Hashable
from typing import Any

from dativo_compile.terraform.backends.settings import frozen

MOST = 32


class Clients:
    """`make` is called once for each way of opening: the settings that matter, the environment and the files behind it.

    Those are part of the key so that a long-lived process sees a new log-in.
    """

    def __init__(self, make: Callable[[dict[str, Any]], Any], *, names: tuple[str, ...], prefixes: tuple[str, ...]):
        self._make = make
        self._names = names
        self._prefixes = (*prefixes, "HOME", "SSL_CERT", "HTTP", "http", "NO_PROXY", "no_proxy")
        self._made: dict[Hashable, Any] = {}
        self._lock = threading.Lock()

    def of(self, config: dict[str, Any], files: tuple[str, ...] = ()) -> Any:
        """The client for these settings; `files` are those that credentials may be read from."""
        key = (
            frozen({name: config.get(name) for name in self._names}),
            tuple(sorted(item for item in os.environ.items() if item[0].startswith(self._prefixes))),
            tuple(map(_changed, files)),
        )
        with self._lock:  # libraries load lazily, and not all of them from several threads at once
            if key not in self._made:
                if len(self._made) >= MOST:
                    self._made.clear()
                self._made[key] = self._make(config)
            return self._made[key]


def _changed(file: str) -> int:
    try:
        return os.stat(os.path.expanduser(file)).st_mtime_ns
    except OSError:
        return 0
