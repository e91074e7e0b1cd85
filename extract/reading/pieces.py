"""What every reader does with its pieces: labels alone in a line join their text, sentences cut in two run on."""

from __future__ import annotations

import re
from dataclasses import replace

from minutebook.extract.document import Piece

# The label of a clause, paragraph or bullet at the start of a line: (a) a) 1. 12) (iv) 3.1 4.2.1 A. • - o
MARKER = re.compile(
    r"""^(?: [•*–—➢✓▪o-](?=\s)
         | \(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})[.)]{1,2}(?=\s|$)
         | \((?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})\)(?=\S)
         | \d{1,3}(?:\.\d{1,2}){1,3}\.?(?=\s|$)
         | \d{1,3}(?:\.\d{1,2}){0,6}\.?[ivxa-z]{1,5}\)(?=\s|$)
        )""",
    re.VERBOSE,
)
LONE_MARKER = re.compile(rf"{MARKER.pattern}\s*$", re.VERBOSE)
LONGEST_MARKER = 24
BULLET_ONLY = re.compile(r"^[•*–—o-]$")
# A paragraph that ends like this goes on in the next one if that begins in lower case.
UNFINISHED = re.compile(r"[\w,’'-]$")


def is_lone_marker(text: str) -> bool:
    """Whether a line holds a list label and nothing else."""
    return len(text) <= LONGEST_MARKER and bool(LONE_MARKER.match(text) or BULLET_ONLY.match(text))


def run_on(pieces: list[Piece]) -> list[Piece]:
    """Join a lone label to the text after it, and a sentence cut by a page or line break to its rest."""
    joined: list[Piece] = []
    for piece in pieces:
        if not piece.text:
            continue
        if joined and (is_lone_marker(joined[-1].text) or _continues(joined[-1], piece)):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {piece.text}", bold=piece.bold)
        else:
            joined.append(piece)
    return joined


def _continues(before: Piece, after: Piece) -> bool:
    plain = before.kind == after.kind == "paragraph" and before.bold == after.bold
    long_enough = len(before.text) > 40
    begins_low = after.text[:1].islower() and not MARKER.match(after.text)
    return plain and long_enough and begins_low and bool(UNFINISHED.match(before.text[-1:]))
