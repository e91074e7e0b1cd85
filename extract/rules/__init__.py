"""The rules of minutes, as data: each pattern stands with the invented examples that taught it, and one test runs them all.

To add a habit of some council, add a line here and an example; nothing else should have to change.

| module | what it knows |
|---|---|
| `people` | titles, honours, names, parties, words that begin a post or a body |
| `attendance` | headings of a list of names, sentences of apology, substitution, welcome |
| `decisions` | RESOLVED and its kin, what ends a block, outcomes, votes, movers, procedure |
| `actions` | labels, undertakings, requests, due phrases, and what is no action |
| `speaking` | verbs of speech and offices |
| `layout` | kinds of document, section labels, titles, dates and times |
| `packs` | stamps, bookmarks, and the heads with which a paper begins |
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True)
class Rule:
    """A named pattern. It must be found in each of `finds`, and in none of `misses`; `value` is what finding it means."""

    name: str
    pattern: str
    finds: tuple[str, ...]
    misses: tuple[str, ...] = ()
    value: str | None = None
    flags: int = field(default=0)

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern; `VERBOSE` is never set, so spaces count."""
        return re.compile(self.pattern, self.flags)

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """The first place the rule is found at or after `start`."""
        return self.regex.search(text, start)


def first(rules: tuple[Rule, ...], text: str) -> tuple[Rule, re.Match[str]] | None:
    """The first rule, in the order of the table, that is found in `text`."""
    for rule in rules:
        match = rule.search(text)
        if match:
            return rule, match
    return None


def any_of(words: str) -> str:
    """A pattern for any of some words or phrases, parted by `|` or new lines, longest first; a space is any white space."""
    phrases = sorted({word.strip() for word in re.split(r"[|\n]", words) if word.strip()}, key=len, reverse=True)
    return "(?:" + "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in phrases) + ")"
