"""What can be wrong with a source. The code is for the run log, the message for the person who mends it."""

from minutebook import MinutebookError


class SourceError(MinutebookError):
    """A website refused, moved, broke, or is not the system it was said to be."""


class ArchiveError(MinutebookError):
    """The archive cannot keep, or does not hold, a document."""


class UnknownAuthority(SourceError):
    """No authority that is visited has that code or name."""
