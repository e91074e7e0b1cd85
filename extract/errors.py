"""Why a document is set aside. The code is for machines and tests, the message for people."""

from minutebook import MinutebookError


class UnreadableDocument(MinutebookError):
    """A document that gives no text: missing, empty, damaged, encrypted, hostile, or of an unknown kind."""
