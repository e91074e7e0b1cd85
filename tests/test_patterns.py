"""Patterns: named parts, text that is too much for the fast matcher, and rules that spare a search."""

from importlib import import_module
from pathlib import Path

import pcre2
import pytest

from minutebook.extract.patterns import compiled, part
from minutebook.extract.reading import read
from minutebook.extract.rules import attendance, decisions, first
from minutebook.extract.sentences import sentences

PAPERS = Path(__file__).parent.parent / "fixtures" / "papers" / "documents"
RULES = [
    pytest.param(rule, id=f"{name}-{rule.name}")
    for name in ("attendance", "decisions", "actions")
    for rule in import_module(f"minutebook.extract.rules.{name}").RULES
    if rule.needs
]


@pytest.fixture(scope="module")
def texts():
    """Every paragraph and sentence of the invented papers."""
    blocks = [block.text for path in sorted(PAPERS.iterdir()) for block in read(path.read_bytes(), path.name).blocks]
    return blocks + [text[start:end] for text in blocks for start, end in sentences(text)]


@pytest.mark.parametrize("rule", RULES)
def test_a_spared_search_would_have_found_nothing(rule, texts):
    """The words that a rule needs stand in every text in which its pattern is found."""
    found = [text for text in texts if rule.regex.search(text)]
    assert found == [text for text in found if rule.search(text)]


@pytest.mark.parametrize("table", ["HEADINGS", "APOLOGIES", "STOPS", "PROCEDURAL", "VOTES", "MANNERS", "OUTCOMES"])
def test_the_gate_of_a_table_keeps_nothing_out(table, texts):
    """The one search that spares those of a table's rules never spares one that would find something."""
    rules = getattr(attendance, table, None) or getattr(decisions, table)
    one_by_one = [next((rule for rule in rules if rule.search(text)), None) for text in texts]
    assert one_by_one == [found[0] if (found := first(rules, text)) else None for text in texts]


def test_parts_are_found_through_other_parts():
    """A pattern may name a part that names another; its own groups keep their numbers."""
    part("TEST_WORD", "[a-z]+")
    part("TEST_PAIR", "(?&TEST_WORD) (?&TEST_WORD)")
    assert ("one two", "3") == compiled(r"((?&TEST_PAIR)) (\d)").search("see one two 3").groups()[:2]


def test_text_that_overflows_the_fast_matcher_is_still_searched():
    """What the fast matcher has no room for is found by the patient one."""
    pattern, text = compiled(r"^(?:(a|b)(?=.))+c"), "ab" * 20_000 + "c"
    with pytest.raises(pcre2.LibraryError):
        pattern._fast.search(text)
    assert len(text) == pattern.search(text).end()


def test_text_that_nobody_can_search_is_not_found():
    """A pattern that would try for ever gives up, and its text counts as not found."""
    assert compiled(r"^(?:a+)+$").search("a" * 40 + "b") is None
