"""The rules of minutes, as data: each pattern stands with the invented examples that taught it, and one test runs them all.

To add a habit of some council, add a line here and an example; nothing else should have to change.

| module | what it knows |
|---|---|
| `people` | titles, honours, names, parties, words that begin a post or a body |
| `attendance` | headings of a list of names, sentences of apology, substitution, welcome |
| `decisions` | RESOLVED and its kin, what ends a block, outcomes, votes, movers, procedure |
| `reports` | headings and sentences that recommend, boxes of a review, replies |
| `notices` | fields and leads of notices of decisions |
| `actions` | labels, undertakings, requests, due phrases, and what is no action |
| `interests` | who declares what kind of interest in which item, and who left or took no part |
| `sitting` | quorum, and what shuts the public out |
| `speaking` | verbs of speech and offices |
| `layout` | kinds of document, drafts, section labels, titles, dates and times |
| `packs` | stamps, bookmarks, and the heads with which a paper begins |
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from minutebook.extract.patterns import I, Match, Pattern, compiled

FEWEST_GATED = 3


@dataclass(frozen=True)
class Rule:
    """A named pattern. It must be found in each of `finds`, and in none of `misses`; `value` is what finding it means.

    `needs` spares the search: one of these words stands in every text in which the rule can be found.
    """

    name: str
    pattern: str
    finds: tuple[str, ...]
    misses: tuple[str, ...] = ()
    value: str | None = None
    flags: int = 0
    needs: tuple[str, ...] = ()

    @cached_property
    def regex(self) -> Pattern:
        """The compiled pattern; `VERBOSE` is never set, so spaces count."""
        return compiled(self.pattern, self.flags)

    def search(self, text: str, start: int = 0) -> Match | None:
        """The first place the rule is found at or after `start`."""
        return self.regex.search(text, start) if self.may_match(text) else None

    def finditer(self, text: str) -> Iterator[Match]:
        """All places where the rule is found."""
        return self.regex.finditer(text) if self.may_match(text) else iter(())

    def may_match(self, text: str) -> bool:
        """Whether a word that the rule needs is in the text."""
        for word in self.needs:
            if word in text:
                return True
        return not self.needs


def first(rules: tuple[Rule, ...], text: str) -> tuple[Rule, Match] | None:
    """The first rule, in the order of the table, that is found in `text`."""
    gate = _gates[id(rules)] if id(rules) in _gates else _make_gate(rules)
    may_match = gate is None or gate.search(text) is not None
    for rule in rules:
        match = rule.search(text) if may_match or rule.needs else None
        if match:
            return rule, match
    return None


# By table: its rules that need no word, as one pattern, so that one search tells that none of them is found.
_gates: dict[int, Pattern | None] = {}


def _make_gate(rules: tuple[Rule, ...]) -> Pattern | None:
    """The gate of a table. Tables live as long as the program, so their identity names them."""
    plain = [f"(?{'i' if rule.flags & I else '-i'}:{rule.pattern})" for rule in rules if not rule.needs]
    simple = len(plain) >= FEWEST_GATED and not any(rule.flags & ~I for rule in rules)
    _gates[id(rules)] = compiled("(?J)" + "|".join(plain)) if simple else None
    return _gates[id(rules)]


def alternatives(words: str) -> str:
    """Many words, parted by `|`, grouped by their first letter: a matcher then tries those of one letter, not all.

    >>> alternatives("Chair|Clerk|Mayor")
    'C(?:hair|lerk)|M(?:ayor)'
    """
    grouped: dict[str, list[str]] = {}
    for word in words.split("|"):
        grouped.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in grouped.items())


def any_of(words: str) -> str:
    """A pattern for any of some words or phrases, parted by `|` or new lines, longest first; a space is any white space."""
    phrases = sorted({word.strip() for word in re.split(r"[|\n]", words) if word.strip()}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases) + ")"
