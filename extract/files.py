"""Files at a shell prompt: their bytes, or a plain reason why not."""

from __future__ import annotations

from pathlib import Path

from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading.limits import MAX_BYTES


def file_bytes(name: str) -> bytes:
    """The bytes of a file. Raises `UnreadableDocument` with code `missing`, `unreadable` or `too_large`."""
    path = Path(name)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableDocument("too_large", f"{name} has {size:,} bytes; the limit is {MAX_BYTES:,}.")
        return path.read_bytes()
    except FileNotFoundError:
        raise UnreadableDocument("missing", f"There is no file {name}. Check its name.") from None
    except OSError as error:
        raise UnreadableDocument("unreadable", f"{name} cannot be read: {error.strerror}.") from None
