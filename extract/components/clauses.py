"""Blocks of clauses: where each begins and ends, its label, and what belongs to it (minutes-grammar 3.4 and 3.5)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from minutebook.extract.document import Block
from minutebook.extract.paper import Paper, Span
from minutebook.extract.patterns import compiled
from minutebook.extract.rules import decisions as rules
from minutebook.extract.rules import first
from minutebook.extract.sentences import sentences

LABEL = re.compile(
    r"""^(?:\W?(?P<bullet>[•*–➢✓▪o-])\s+
         |(?P<ref>\(?(?:(?P<mixed>\d{1,3}(?:\.\d{1,2}){0,6}\.?[ivxa-z]{1,5}(?=\)))|(?P<digit>\d{1,3})|(?P<decimal>\d{1,3}(?:\.\d{1,2}){1,3})|(?P<roman>[ivx]{1,5}|[IVX]{1,5})|(?P<alpha>[a-zA-Z]))(?P<close>\)|\.\)|\.|:)?)
          (?:\s+|(?<=\))(?=\S)))""",
    re.VERBOSE,
)
INLINE_LABEL = re.compile(
    r"(?:^|(?<=[;:,.])\s+|\s+and\s+)(?P<ref>\((?:\d{1,2}|[a-z]|[ivx]{1,4})\)|(?:\d{1,2}|[a-z])\))\s+"
)
THAT_BEHIND = compiled(r";\s+(?:and\s+)?(?=(?:that|to)\b)")
AND_FIRST = re.compile(r"and\s+(?=[a-z])")
BLANK_ENDS = " \t\n,;"
AND_OR = re.compile(r"\b(?:and|or)$")
QUOTES = "“”\"‘’'"
PURE_LEAD_WORDS = 14
PURE_BODY = compiled(rf"(?:[Tt]hat\s+)?{rules.BODY}")
# A few words and a colon between the clauses of a list group them ("Contracts:").
SUBHEADING = re.compile(r"^[A-Z][\w ,&-]{2,40}:$")
RESOLVES_TO = re.compile(
    r"\bresolves?\s+to\s*:\s*$|\b(?:calls?\s+(?:up)?on|asks?|requests?|urges?)\b[^.;]+\bto\s*:\s*$", re.IGNORECASE
)
AND_ALONE = re.compile(r"^\W*and\W*$", re.IGNORECASE)
DECISION_WORD = re.compile(
    r"\b(?:be|recommend\w*|request\w*|agree\w*|not(?:e|es|ed)|approv\w*|ask\w*|follow\w*|is|are|should|delegat\w*|believ\w*|resolv\w*|call\w*\s+(?:up)?on)\b",
    re.IGNORECASE,
)


@dataclass
class Clause:
    """A clause: its printed label and where its words stand in the document's text."""

    ref: str | None
    start: int
    end: int
    block: int


@dataclass(frozen=True)
class Label:
    """The label of a line: as printed, its family (with its punctuation), and where the words begin."""

    ref: str | None
    family: str
    value: str
    end: int


def label_of(text: str) -> Label | None:
    """The label that a line begins with."""
    match = LABEL.match(text)
    if not match:
        return None
    if match.group("bullet"):
        return Label(None, "bullet", "", match.end())
    ref = match.group("ref")
    if not match.group("close") and not match.group("decimal"):
        return None
    kind = next(name for name in ("mixed", "decimal", "digit", "roman", "alpha") if match.group(name))
    value = match.group(kind)
    style = f"{'(' if ref.startswith('(') else ''}{match.group('close') or ''}{'A' if value.isupper() else ''}"
    return Label(ref, kind + style, value, match.end())


def clause_sentences(text: str) -> Iterator[Span]:
    """(start, end) of each sentence of a paragraph, the first without the paragraph's label and topic."""
    label = label_of(text)
    opening = label.end if label else 0
    topic = rules.TOPIC.match(text, opening)
    opening = topic.end() if topic else opening
    for start, end in sentences(text):
        yield (min(opening, end) if start == 0 else start), end


def is_pure_lead(text: str) -> bool:
    """Whether words are only a lead-in: "That:", "That the Committee:", "Cabinet:" (3.4)."""
    words = re.sub(r"\([^()]*\)", "", text).strip().rstrip(":;-–— ")
    if not words or PURE_BODY.fullmatch(words):
        return True
    ends_open = text.strip().endswith((":", ";", "-", "–", "—")) or words.lower() in ("that", "to")
    return ends_open and len(words.split()) <= PURE_LEAD_WORDS and not DECISION_WORD.search(words)


def _resolving(blocks: list[Block], clause: Clause) -> list[Clause]:
    """The items below "That this Council notes … and resolves to:", which says little without them; else the clause."""
    within = [block for block in blocks if clause.start < block.start < clause.end]
    first_block = next((block for block in blocks if block.start <= clause.start < block.end), None)
    if first_block and within and RESOLVES_TO.search(first_block.text):
        return gather(within, strict=False) or [clause]
    return [clause]


def governs_items(text: str) -> bool:
    """Whether an operative lead-in makes each item below it a row: "That Cabinet be recommended to:" (trap 24)."""
    return bool(re.search(r"\b(?:to|that)\s*:?\s*[-–—]*\s*$", text.strip()))


def following(paper: Paper, index: int, outer: str | None = None) -> list[Block]:
    """The blocks after `index` that can belong to a decision, down to the first sign of its end."""
    zone = paper.zones[index] if paper.zones[index] != "label" else paper.zones[min(index + 1, len(paper.zones) - 1)]
    item = paper.item_of(index)
    found: list[Block] = []
    openings = paper.openings
    for position in range(index + 1, len(paper.blocks)):
        block = paper.blocks[position]
        if block.kind == "margin" or rules.VOTE_ALONE.match(block.text):
            continue
        if paper.zones[block.index] != zone or (item and block.index > item.last) or _stops(block):
            break
        if block.index in openings:
            break
        label = label_of(block.text)
        if outer and label and label.family == outer:
            break
        found.append(block)
    return found


def _stops(block: Block) -> bool:
    return bool(first(rules.STOPS, block.text) or first(rules.LEADS, unlabelled(block.text)))


def unlabelled(text: str) -> str:
    """A line without its label."""
    label = label_of(text)
    return text[label.end :] if label else text


def gather(blocks: list[Block], strict: bool = True) -> list[Clause]:
    """The clauses of a block of decisions printed below their lead-in.

    With `strict` an unlabelled paragraph counts only if it begins as a decision does.
    """
    return [item for clause in _gathered(blocks, strict) for item in _resolving(blocks, clause)]


def _gathered(blocks: list[Block], strict: bool) -> list[Clause]:
    clauses: list[Clause] = []
    family: str | None = None  # of the clauses' labels
    inner: str | None = None  # of the labels of a list within an unlabelled clause
    last_value = ""
    for position, block in enumerate(blocks):
        label = label_of(block.text)
        if label is None and (_groups(block) if clauses else position < 2 and is_pure_lead(block.text)):
            continue
        if clauses and AND_ALONE.match(block.text):
            inner = None
            continue
        kind = _family(label, family, last_value)
        if not clauses:
            if label is None and strict and not _decides(block):
                break
            family = kind
        elif not _is_sibling(kind, family, block, clauses[-1], strict):
            goes_on = label is not None and label.family == inner
            if not goes_on and not _is_child(label, family, block, blocks[position - 1]):
                break
            inner = label.family if label else inner
            clauses[-1].end = block.end
            continue
        inner = None
        last_value = label.value if label else ""
        start = block.start + (label.end if label else 0)
        clauses.append(Clause(label.ref if label else None, start, block.end, block.index))
    return clauses


def _decides(block: Block) -> bool:
    """Whether an unlabelled paragraph begins as a clause does."""
    text = block.text.strip(QUOTES)
    return bool(rules.OPERATIVE.match(text) or rules.BODY_VERB.match(text) or rules.SUBJUNCTIVE.match(text))


def _groups(block: Block) -> bool:
    """A few plain words with a colon, which group the clauses below them."""
    return not block.bold and SUBHEADING.match(block.text) is not None


def _family(label: Label | None, family: str | None, last: str) -> str | None:
    """The family of a label; a lone i, v or x is a letter where letters came before."""
    if label is None:
        return None
    if family and family.startswith("alpha") and label.family.startswith("roman") and len(label.value) == 1:
        follows = last and ord(label.value) == ord(last) + 1
        return label.family.replace("roman", "alpha") if follows else label.family
    return label.family


def _is_sibling(kind: str | None, family: str | None, block: Block, clause: Clause, strict: bool) -> bool:
    if kind is not None or family is not None:
        return kind == family
    return _decides(block) or not strict


def _is_child(label: Label | None, family: str | None, block: Block, before: Block) -> bool:
    """A deeper list, a list that the clause introduces, the rest of a broken line, or a quoted paragraph."""
    if label is not None:
        return family is not None or label.family == "bullet" or before.text.endswith((":", ";", "; and"))
    return block.text[:1].islower() or block.text[:1] in QUOTES


def inline(text: str, start: int, block: int) -> list[Clause]:
    """Clauses that are labelled within one paragraph: "(1) the report be noted; and (2) Cabinet be asked"."""
    marks = list(INLINE_LABEL.finditer(text))
    if not marks or marks[0].start() > 0 or not _in_order([mark.group("ref") for mark in marks]):
        return []
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [
        Clause(mark.group("ref"), start + mark.end(), start + end, block) for mark, end in zip(marks, ends, strict=True)
    ]


def at_semicolons(text: str, start: int, block: int) -> list[Clause]:
    """Unlabelled clauses between semicolons (ruling 14): "That A be noted; that B be asked", "noted A; agreed B"."""
    parting = rules.DEED_BEHIND if rules.DEED.match(text) else THAT_BEHIND
    marks = [mark.end() for mark in parting.finditer(text)]
    bounds = [0, *marks, len(text)]
    return [Clause(None, start + low, start + high, block) for low, high in pairwise(bounds)] if marks else []


def applications(paper: Paper, lead: Block) -> list[Clause]:
    """Planning applications below "The following observations were agreed:", each from its reference to its outcome."""
    found: list[Clause] = []
    start: Block | None = None
    for block in paper.blocks[lead.index + 1 :]:
        outcome = rules.OBSERVED.match(block.text)
        if block.index in paper.openings or (block.kind == "heading" and not outcome):
            break
        start = block if rules.APPLICATION.match(block.text) else start
        if start and outcome:
            found.append(Clause(None, start.start, block.end, start.index))
            start = None
    return found


def _in_order(refs: list[str]) -> bool:
    values = [ref.strip("()") for ref in refs]
    wanted = {
        "a": [chr(ord("a") + n) for n in range(len(values))],
        "1": [str(n) for n in range(1, len(values) + 1)],
        "i": ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"][: len(values)],
    }
    return values == wanted.get(values[0], [])


def tidy(text: str, start: int, end: int) -> Span:
    """The stretch without what stands round a clause: blanks, quotation marks, "and", a vote in brackets (8.2)."""
    behind = rules.BEHIND.search(text[start:end])
    piece = text[start : start + behind.start("behind") if behind else end].rstrip(BLANK_ENDS)
    while (joint := AND_OR.search(piece)) is not None:
        piece = piece[: joint.start()].rstrip(BLANK_ENDS)
    lead = len(piece) - len(piece.lstrip(" \n\t:-–—"))
    joint = AND_FIRST.match(piece, lead)
    lead = joint.end() if joint else lead
    piece = piece[lead:]
    if piece[:1] in '“"‘' and piece:
        lead, piece = lead + 1, piece[1:]
        piece = re.sub(r"[”\"’][.;,]?$", "", piece) if not piece.endswith(("s’", "s'")) else piece
    elif "“" not in piece:
        piece = piece.removesuffix("”")
    return start + lead, start + lead + len(piece)
