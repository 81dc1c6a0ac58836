"""Values that Terraform compresses before it stores them, unpacked within bounds."""

from __future__ import annotations

import zlib

from dativo_compile.diagnostics.codes.service import STATE_PARTS
from dativo_compile.terraform.backends.transfer import Limits, Transient, too_large
from dativo_compile.terraform.fault import StateFault

MAGIC = b"\x1f\x8b"
GZIP = 31  # zlib's window bits for a gzip header


class Unpacked:
    """A gzip stream that arrives in parts; `complete` as soon as its end was seen."""

    def __init__(self, limits: Limits) -> None:
        self._stream = zlib.decompressobj(GZIP)
        self._limits = limits
        self.text = bytearray()

    @property
    def complete(self) -> bool:
        return self._stream.eof

    def add(self, part: bytes) -> None:
        """Raises `StateFault` and `Transient`; one byte more than allowed is never built."""
        room = self._limits.largest - len(self.text) + 1
        try:
            self.text += self._stream.decompress(part, room)
        except zlib.error:
            broken = True
        else:
            broken = False
        if broken:
            raise parts_fault("the compressed text is damaged")
        if len(self.text) > self._limits.largest:
            raise too_large(self._limits)


def unpacked(data: bytes, limits: Limits) -> bytes:
    """The text of one gzip stream. Raises `StateFault` and `Transient`."""
    stream = Unpacked(limits)
    stream.add(data)
    if not stream.complete:
        raise parts_fault("the compressed text ends early")
    return bytes(stream.text)


def parts_fault(reason: str) -> Transient:
    """Transient, because a state that is being written at this moment is whole a moment later."""
    return Transient(StateFault(STATE_PARTS, reason=reason, help="compile again; see what `terraform state pull` says"))
