"""The labels of a Word document's automatic lists: 1., (a), iv). Word keeps the rule for them, not their text."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

PLACE = re.compile(r"%(\d)")
ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
HIGHEST = 999


class Labels:
    """Counts through the lists of one document, whose paragraphs are asked for in order."""

    def __init__(self, document: Document) -> None:
        self.styles = {style.style_id: style.element for style in document.styles}
        self.lists: dict[int, Any] = {}
        self.rules: dict[int, Any] = {}
        self.met: set[int] = set()
        self.counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
        try:
            root = document.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)._element  # type: ignore[attr-defined]
        except KeyError:
            return
        rules = {rule.get(qn("w:abstractNumId")): rule for rule in root.iterfind(qn("w:abstractNum"))}
        for numbered in root.num_lst:
            self.lists[numbered.numId] = numbered
            self.rules[numbered.numId] = rules.get(str(numbered.abstractNumId.val))

    def of(self, paragraph: Any) -> str:
        """The label of a paragraph element, and one counted on; empty where it stands in no list."""
        number, level = self._place(paragraph)
        rule = self.rules.get(number)
        if rule is None:
            return ""
        counts = self.counts[rule.get(qn("w:abstractNumId"))]
        self._restart(number, counts)
        counts[level] = min(counts.get(level, _start(rule, level) - 1) + 1, HIGHEST)
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        shape = "•" if _format(rule, level) == "bullet" else _value(rule, level, "w:lvlText")
        return PLACE.sub(lambda place: _printed(rule, int(place.group(1)) - 1, counts), shape).strip()

    def _place(self, paragraph: Any) -> tuple[int, int]:
        """The list and the level, the paragraph's own or its style's; list 0 is none."""
        style = self.styles.get(paragraph.style)
        for holder in (paragraph, style):
            found = holder.pPr.numPr if holder is not None and holder.pPr is not None else None
            if found is not None and found.numId is not None:
                number = found.numId.val
                return number, found.ilvl.val if found.ilvl is not None else self._level(number, paragraph.style)
        return 0, 0

    def _level(self, number: int, style: str | None) -> int:
        """The level that a list gives to a style."""
        for level in self.rules[number].iterfind(qn("w:lvl")) if self.rules.get(number) is not None else ():
            linked = level.find(qn("w:pStyle"))
            if linked is not None and linked.get(qn("w:val")) == style:
                return int(level.get(qn("w:ilvl")))
        return 0

    def _restart(self, number: int, counts: dict[int, int]) -> None:
        """A list that states where it starts does so when it is first met, though another has its rule."""
        if number in self.met:
            return
        self.met.add(number)
        for override in self.lists[number].lvlOverride_lst:
            if override.startOverride is not None:
                counts[override.ilvl] = override.startOverride.val - 1


def _value(rule: Any, level: int, name: str) -> str:
    found = rule.find(f"{qn('w:lvl')}[@{qn('w:ilvl')}='{level}']/{qn(name)}")
    return str(found.get(qn("w:val")) or "") if found is not None else ""


def _start(rule: Any, level: int) -> int:
    start = _value(rule, level, "w:start")
    return int(start) if start.isdecimal() else 1


def _format(rule: Any, level: int) -> str:
    return _value(rule, level, "w:numFmt")


def _printed(rule: Any, level: int, counts: dict[int, int]) -> str:
    """The number of a level as its rule has it written: 4, d, D, iv or IV."""
    number, shape = counts.get(level, _start(rule, level)), _format(rule, level)
    if shape.endswith("Letter"):
        text = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    elif shape.endswith("Roman"):
        text = _roman(number)
    else:
        text = str(number)
    return text.upper() if shape.startswith("upper") else text


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN:
        text += letters * (number // value)
        number %= value
    return text
