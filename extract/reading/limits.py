"""How much of a document is read: what is larger, slower or hungrier is set aside, or cut short with a notice."""

from __future__ import annotations

from dataclasses import dataclass

from minutebook.extract.errors import UnreadableDocument

MAX_BYTES = 200 * 2**20
MAX_PAGES = 5000
MAX_CHARACTERS = 20_000_000
MAX_PAGE_CHARACTERS = 200_000
# A page of a PDF that draws more things than this is a map; looking for tables in it would take minutes.
MAX_PAGE_OBJECTS = 10_000

# OCR takes seconds a page, so the rest of a long scan is only named in notices.
MAX_OCR_PAGES = 50
OCR_SECONDS = 60
MAX_OCR_PIXELS = 20_000_000  # an A3 sheet at 300 dots an inch has 17 million
OFFICE_SECONDS = 60


@dataclass(frozen=True)
class Limits:
    """What one document may cost, both of them settings: seconds of time, and MB of memory of its process."""

    seconds: float = 120
    megabytes: int = 2000


def refuse_long(pages: int, characters: int) -> None:
    """Raises `UnreadableDocument` with code `too_long` for what is longer than any paper."""
    for count, most, what in ((pages, MAX_PAGES, "pages"), (characters, MAX_CHARACTERS, "characters")):
        if count > most:
            raise UnreadableDocument("too_long", f"The document has {count:,} {what}; the limit is {most:,}.")
