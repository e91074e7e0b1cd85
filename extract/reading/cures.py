"""Which documents to read again because of what is installed here: their warning or reason names what they wanted."""

from __future__ import annotations

from minutebook.extract.reading import ocr, old_word, scans


def curable() -> set[str]:
    """The codes of warnings and of documents set aside that reading again on this machine would cure."""
    codes = {code for code, _ in scans.WITHOUT.values()} if ocr.available() else set()
    return codes | ({old_word.NEEDED} if old_word.available() else set())
