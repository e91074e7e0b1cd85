"""The archive: original bytes, written once, found again by their SHA-256."""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from pathlib import Path

from minutebook.crawlers.errors import ArchiveError

UNFINISHED = ".new-"
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Archive:
    """A folder of files named by the SHA-256 of what they hold; safe to kill at any moment.

    Raises `ArchiveError` when a name is not a SHA-256, is not held, or cannot be written.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, data: bytes) -> str:
        """Keep bytes, once, and return their SHA-256 in lower-case hexadecimal."""
        sha256 = hashlib.sha256(data).hexdigest()
        if sha256 not in self:
            try:
                _write_once(self.path(sha256), data)
            except OSError as error:
                message = f"cannot write to {self.root}: {error.strerror}; mend that, then run again"
                raise ArchiveError("archive_unwritable", message) from error
        return sha256

    def get(self, sha256: str) -> bytes:
        """Return the bytes kept under a SHA-256."""
        try:
            return self.path(sha256).read_bytes()
        except FileNotFoundError:
            message = f"{sha256} is not in the archive {self.root}: crawl again to fetch it"
            raise ArchiveError("not_archived", message) from None

    def head(self, sha256: str, length: int) -> tuple[bytes, int]:
        """The first bytes of what is kept under a SHA-256, and the size of it all in bytes."""
        path = self.path(sha256)
        with path.open("rb") as file:
            return file.read(length), path.stat().st_size

    def tidy(self) -> None:
        """Remove what killed writers left behind; nobody may be writing meanwhile."""
        for path in self.root.glob(f"*/{UNFINISHED}*"):
            path.unlink(missing_ok=True)

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def path(self, sha256: str) -> Path:
        """The file of a SHA-256, whether it is held or not."""
        if not _SHA256.fullmatch(sha256):
            raise ArchiveError("bad_sha256", f"{sha256!r} is not a SHA-256 in lower-case hexadecimal")
        return self.root / sha256[:2] / sha256


def _write_once(path: Path, data: bytes) -> None:
    """Write beside the final name, reach the disk, then rename: the name never stands for half a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(prefix=UNFINISHED, dir=path.parent)
    try:
        with open(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
