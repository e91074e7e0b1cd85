"""Plain text: one paragraph a line, wrapped by hand, or one word a line. Bars part the cells of a table.

Markdown's headings, bold and tables are known.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from statistics import median

from minutebook.extract.document import Piece, SourcePage
from minutebook.extract.reading import pieces
from minutebook.extract.reading.limits import refuse_long
from minutebook.extract.reading.repair import join_lines, mend

# A file whose lines seldom pass this many characters, and mostly reach for it, was wrapped by an editor.
WRAP_LIMIT = 100
NARROWEST = 45
WRAP_SHARE = 0.5
# A file of so many lines and more, nearly all of one word, was cut up by whatever exported it.
FEWEST_WORDS = 40
WORD_SHARE = 0.9
# Such a file may have nothing between its paragraphs. One begins with a label such as "Present:" or the mark of a
# heading, and after a sentence with a word in capitals or the label of a clause.
LABEL = re.compile(r"^(?:\*\*)?[A-Z]\w+:(?:\*\*)?$|^#{1,6}$")
CAPITALS = re.compile(r"^(?:\*\*)?[A-Z]{3,}\W*$")
SENTENCE_END = re.compile(r"[.:;?!][”’\"')\]*]*(?: (?:and|or))?$|\b[Tt]hat$")
HEADING = re.compile(r"^#{1,6}\s+(?P<title>.*?)\s*#*$")
BOLD = re.compile(r"\*\*(?=\S)(.+?)(?<=\S)\*\*")
# A bar between blanks, or at an end of the line.
BAR = re.compile(r"(?:^|(?<=\s))\|(?=\s|$)")
RULED = re.compile(r"^[\s|:-]*--[\s|:-]*$")


def read_text(data: bytes) -> list[SourcePage]:
    """Pages, parted by form feeds. Raises `UnreadableDocument` with code `too_long`."""
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
    if _is_cut_up(lines):
        return [_piece([" ".join(words)]) for words in _put_together(lines)]
    plain = [line for line in lines if not BAR.search(line)]
    width = max(map(len, plain), default=0) if _is_wrapped(plain) else 0
    found: list[Piece] = []
    for barred, group in groupby(lines, lambda line: BAR.search(line) is not None):
        if barred:
            found += _rows(list(group))
        else:
            paragraphs = _wrapped(list(group), width) if width else [[line] for line in group]
            found += [_piece(paragraph) for paragraph in paragraphs if any(line.strip() for line in paragraph)]
    return found


def _rows(lines: list[str]) -> Iterator[Piece]:
    """Lines with bars as rows of a table; the bars that close every line, and one beside a lone label, part nothing."""
    rows = [[mend(cell) for cell in BAR.split(line)] for line in lines if not RULED.match(line)]
    for side in (0, -1):
        if not any(row[side] for row in rows):
            for row in rows:
                del row[side]
    full = sum(_is_row(row) for row in rows) > 1
    for row in rows:
        if any(row):
            yield Piece("\t".join(row), "row") if full or _is_row(row) else _piece([" ".join(row).strip()])


def _is_row(cells: list[str]) -> bool:
    full = [cell for cell in cells if cell]
    return len(full) > 2 or (len(full) == 2 and not pieces.is_lone_marker(full[0]))


def _piece(lines: list[str]) -> Piece:
    """A paragraph without Markdown's marks for headings and bold."""
    text = mend(join_lines([mend(line) for line in lines]))
    heading = HEADING.match(text)
    bold = heading is not None or bool(BOLD.fullmatch(text))
    text = BOLD.sub(r"\1", heading.group("title") if heading else text)
    return Piece(text, "heading" if heading else "paragraph", bold, _indent(lines[0]))


def _indent(line: str) -> float:
    return float(len(line) - len(line.lstrip()))


def _is_cut_up(lines: list[str]) -> bool:
    counts = [len(line.split()) for line in lines if line.strip()]
    return len(counts) >= FEWEST_WORDS and counts.count(1) >= WORD_SHARE * len(counts)


def _put_together(lines: list[str]) -> Iterator[list[str]]:
    """The words of each paragraph, parted by gaps that are wider than the usual one and by words that begin another."""
    words = [(gap, line.strip()) for gap, line in _gaps(lines)]
    usual = Counter(gap for gap, _ in words).most_common(1)[0][0]
    paragraph: list[str] = []
    for gap, word in words:
        if paragraph and (gap > usual or _begins(" ".join(paragraph[-2:]), word)):
            yield paragraph
            paragraph = []
        paragraph.append(word)
    yield paragraph


def _gaps(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Each line with words, and how many empty ones stand before it."""
    empty = 0
    for line in lines:
        if line.strip():
            yield empty, line
        empty = 0 if line.strip() else empty + 1


def _begins(before: str, word: str) -> bool:
    """Whether a word begins a paragraph, by itself or after the two words before it."""
    if LABEL.match(word):
        return True
    return bool(SENTENCE_END.search(before)) and bool(CAPITALS.match(word) or pieces.is_lone_marker(word))


def _is_wrapped(lines: list[str]) -> bool:
    full = [len(line.rstrip()) for line in lines if line.strip()]
    if len(full) < 8 or not NARROWEST <= max(full) <= WRAP_LIMIT:
        return False
    usual = median(sorted(full)[len(full) // 2 :])
    return sum(size > 0.75 * usual for size in full) > WRAP_SHARE * len(full)


def _wrapped(lines: list[str], width: int) -> list[list[str]]:
    paragraphs: list[list[str]] = [[]]
    for line in lines:
        short_before = bool(paragraphs[-1]) and len(paragraphs[-1][-1].rstrip()) < 0.6 * width
        if not line.strip() or short_before or pieces.MARKER.match(line.strip()):
            paragraphs.append([])
        if line.strip():
            paragraphs[-1].append(re.sub(r"\s+$", "", line))
    return [paragraph for paragraph in paragraphs if paragraph]
