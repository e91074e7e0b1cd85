"""A meeting's status: the word the website uses, and ours for it."""

from __future__ import annotations

import re

from minutebook.crawlers.items import MeetingStatus

STATUSES: dict[str, MeetingStatus] = {
    "confirmed": "confirmed",
    "cancelled": "cancelled",
    "postponed": "postponed",
    "provisional": "provisional",
}

# What pages add to a title in capitals; an ordinary meeting carries no word.
_IN_TITLES = re.compile(r"\b(CANCELLED|POSTPONED|PROVISIONAL|WITHDRAWN|MOVED|NEW)\b")
_IN_SENTENCES = re.compile(r"\b(cancelled|postponed|provisional|withdrawn|moved)\b", re.IGNORECASE)


def status_of(word: str | None) -> MeetingStatus:
    """Our status for the website's word, in any case; `other` for a word we do not know, and for none."""
    return STATUSES.get((word or "").lower(), "other")


def word_in_title(text: str) -> str | None:
    """The status word of a title or a line of a list, as printed."""
    found = _IN_TITLES.search(text)
    return found[1] if found else None


def word_in_sentence(text: str) -> str | None:
    """The status word of a notice such as "This meeting has been cancelled."."""
    found = _IN_SENTENCES.search(text)
    return found[1] if found else None
