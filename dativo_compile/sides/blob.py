"""The name that git gives to bytes: two files are the same if it is, and of a revision it is known without reading."""

from __future__ import annotations

import hashlib


def blob_id(data: bytes) -> str:
    """`git hash-object` of a repository with SHA-1 names."""
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()
