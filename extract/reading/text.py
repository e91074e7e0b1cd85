"""Plain text: one paragraph a line, or paragraphs wrapped by hand with blank lines between."""

from __future__ import annotations

import re
from statistics import median

from minutebook.extract.document import Piece, SourcePage
from minutebook.extract.reading import pieces
from minutebook.extract.reading.limits import refuse_long
from minutebook.extract.reading.repair import join_lines, mend

# A file whose lines seldom pass this many characters, and mostly reach for it, was wrapped by an editor.
WRAP_LIMIT = 100
WRAP_SHARE = 0.5


def read_text(data: bytes) -> list[SourcePage]:
    """Pages, parted by form feeds."""
    text = decode(data)
    refuse_long(text.count("\f") + 1, len(text))
    return [SourcePage(pieces.run_on(_pieces(page)), "text", "plain text") for page in text.split("\f")]


def decode(data: bytes) -> str:
    """UTF-8 (with or without a mark), else Windows-1252, which is what old exports use."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _pieces(page: str) -> list[Piece]:
    lines = page.splitlines()
    paragraphs = _wrapped(lines) if _is_wrapped(lines) else [[line] for line in lines if line.strip()]
    return [
        Piece(mend(join_lines([mend(line) for line in paragraph])), indent=_indent(paragraph[0]))
        for paragraph in paragraphs
    ]


def _indent(line: str) -> float:
    return float(len(line) - len(line.lstrip()))


def _is_wrapped(lines: list[str]) -> bool:
    full = [len(line.rstrip()) for line in lines if line.strip()]
    if len(full) < 8 or max(full) > WRAP_LIMIT:
        return False
    usual = median(sorted(full)[len(full) // 2 :])
    return sum(size > 0.75 * usual for size in full) > WRAP_SHARE * len(full)


def _wrapped(lines: list[str]) -> list[list[str]]:
    paragraphs: list[list[str]] = [[]]
    width = max((len(line) for line in lines), default=0)
    for line in lines:
        short_before = bool(paragraphs[-1]) and len(paragraphs[-1][-1].rstrip()) < 0.6 * width
        if not line.strip() or short_before or pieces.MARKER.match(line.strip()):
            paragraphs.append([])
        if line.strip():
            paragraphs[-1].append(re.sub(r"\s+$", "", line))
    return [paragraph for paragraph in paragraphs if paragraph]
