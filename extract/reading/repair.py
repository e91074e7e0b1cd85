"""Characters and words as they were meant: white space, ligatures, soft hyphens, private bullets, broken words."""

from __future__ import annotations

import re
import unicodedata

# Characters that layout programs leave in text layers, and what a reader sees. Symbol and Wingdings bullets live in the
# private-use area; PDFium writes U+FFFE or U+0002 for a hyphen that it takes for a line-end one.
REPAIRS = {
    0x00A0: " ", 0x2007: " ", 0x202F: " ", 0x2009: " ", 0x200A: " ", 0x2002: " ", 0x2003: " ", 0x3000: " ",
    0x00AD: None, 0x200B: None, 0x200C: None, 0x200D: None, 0x2060: None, 0xFEFF: None, 0x200E: None, 0x200F: None,
    0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st",
    0xF0B7: "•", 0xF0A7: "•", 0xF076: "•", 0xF0D8: "•", 0xF0FC: "•", 0xF0E0: "→", 0xF02D: "-", 0xF0A8: "•", 0xF06F: "•",
    0x00B7: "•", 0x25CF: "•", 0x25AA: "•", 0x25A0: "•", 0x2023: "•", 0x25E6: "•", 0x2043: "•", 0x27A2: "•",
    0xFFFE: "-", 0x0002: "-", 0x2010: "-", 0x2011: "-",
}  # fmt: skip
CONTROL = {code: None for code in (*range(0x00, 0x09), *range(0x0E, 0x20), 0x7F) if code not in REPAIRS}
TABLE = REPAIRS | CONTROL

WHITE = re.compile(r"\s+")
# "sub-/committee" keeps its hyphen, "recom-/mended" loses it (trap 20).
HYPHEN_PREFIXES = frozenset(
    "anti area bi by co cross ex extra far first full four half high in inter joint large lead light "
    "like long low medium mid mini multi near new non off on one open over part post pre pro re second self "
    "semi set short single six small so sub ten third three town two under up user vice well wide working year "
    "zero".split()
)
BROKEN_WORD = re.compile(r"([A-Za-z]+)-$")
LONGEST_WORD = 40


def mend(text: str) -> str:
    """Repaired characters and single spaces; tabs, which part cells, and line breaks become spaces too."""
    return WHITE.sub(" ", characters(text)).strip()


def characters(text: str) -> str:
    """Repaired characters, white space as it stands."""
    return unicodedata.normalize("NFC", text.translate(TABLE))


def joint(before: str, after: str) -> tuple[str, str]:
    """How two lines of a paragraph join: the first line, perhaps without its hyphen, and what stands between.

    >>> joint("it was recom-", "mended that")
    ('it was recom', '')
    >>> joint("the sub-", "committee")
    ('the sub-', '')
    """
    broken = BROKEN_WORD.search(before[-LONGEST_WORD:])
    if not broken or not after[:1].isalpha():
        return before, " "
    keeps = broken.group(1).lower() in HYPHEN_PREFIXES or after[:1].isupper()
    return (before if keeps else before[:-1]), ""


def join_lines(lines: list[str]) -> str:
    """The lines of one paragraph as one text."""
    parts: list[str] = []
    for line in lines:
        if parts:
            parts[-1], between = joint(parts[-1], line)
            parts.append(between)
        parts.append(line)
    return "".join(parts)
