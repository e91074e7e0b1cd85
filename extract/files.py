"""Files at a shell prompt: their bytes, or a plain reason why not."""

from __future__ import annotations

from pathlib import Path

from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading.limits import MAX_BYTES


def file_bytes(name: str) -> bytes:
    """The bytes of a file. Raises `UnreadableDocument` with code `missing`, `unreadable` or `too_large`."""
    path = Path(name)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)  # a pipe or a device does not tell its size
    except FileNotFoundError:
        raise UnreadableDocument("missing", f"There is no file {name}. Check its name.") from None
    except OSError as error:
        raise UnreadableDocument("unreadable", f"{name} cannot be read: {error.strerror}.") from None
    if len(data) > MAX_BYTES:
        raise UnreadableDocument("too_large", f"{name} has more than {MAX_BYTES:,} bytes, the limit.")
    return data
