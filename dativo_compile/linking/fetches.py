"""States that lie elsewhere are fetched beside one another, each once; nothing here depends on who is first."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

T = TypeVar("T")
WIDTH = 8


class Fetches(Generic[T]):
    """Calls that run in up to eight threads. A call is begun once for each key, and its outcome kept.

    The threads end with the process: a compile that is broken off waits for none.
    """

    def __init__(self) -> None:
        self._begun: dict[Hashable, _Fetch[T]] = {}
        self._waiting: queue.SimpleQueue[_Fetch[T]] = queue.SimpleQueue()
        self._threads = 0

    def begin(self, key: Hashable, call: Callable[[], T]) -> None:
        if key in self._begun:
            return
        self._begun[key] = fetch = _Fetch(call)
        self._waiting.put(fetch)
        if self._threads < WIDTH:
            self._threads += 1
            threading.Thread(target=self._work, name="states", daemon=True).start()

    def outcome(self, key: Hashable) -> T:
        """Waits for what the call gave, and raises what it raised. The key must have begun."""
        return self._begun[key].outcome()

    def _work(self) -> None:
        while True:
            fetch = self._waiting.get()
            with fetch:
                fetch.run()


class _Fetch(Generic[T]):
    """One call; as a context it keeps what is raised for the thread that asks."""

    def __init__(self, call: Callable[[], T]) -> None:
        self._call = call
        self._given: list[T] = []
        self._error: BaseException | None = None
        self._done = threading.Event()

    def run(self) -> None:
        self._given.append(self._call())

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self._error = error
        self._done.set()
        return True

    def outcome(self) -> T:
        self._done.wait()
        if self._error is not None:
            raise self._error
        return self._given[0]
