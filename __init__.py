"""Minutebook: who attended, what was resolved, recommended and asked for, each with the words it came from.

Every error a person may meet derives from one class:

    MinutebookError
    ├── extract.errors.UnreadableDocument   a document is set aside, with its reason
    ├── crawlers.errors.SourceError         a website did not answer as its system should
    ├── crawlers.errors.ArchiveError        the archive lacks an original, or holds other bytes than it says
    └── models.errors.StoreError            the store or the published site cannot be written
"""

from importlib.metadata import PackageNotFoundError, version

try:
    __version__ = version("minutebook")
except PackageNotFoundError:  # run from a folder that was never installed
    __version__ = "0+unknown"


class MinutebookError(Exception):
    """Something a person can act on: says what happened, where, and what to do next."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
