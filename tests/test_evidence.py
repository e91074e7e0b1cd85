"""`text[start:end] == quote`, always: over every fixture, and over texts made of the field's own phrases."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minutebook.extract import extract_bytes
from minutebook.extract.facts import Evidence, Facts

FIXTURES = Path(__file__).parent.parent / "fixtures"
PAPERS = sorted((FIXTURES / "papers" / "documents").iterdir()) + sorted((FIXTURES / "seeds").glob("*.txt"))
PHRASES = [
    "RESOLVED: That", "(a) the report be noted; and", "(b) the plan be approved.", "PRESENT: Councillors A Rae, B Voss and C Orme",
    "Apologies were received from Cllr D Pym.", "Action: Clerk to write to the school by Friday", "It was agreed to buy two planters.",
    "Minutes:", "The Chair welcomed Dr Ivo Lunt, Head of Archives, to the meeting.", "RECOMMENDED:", "1. That Cabinet act", "•\u00a0\u00a0 Cllr Rae said",
    "recom-", "mended that", "\u00ad", "\ufb01nance", "Supporting documents:", "For: 12 Against: 3", "\t", "  ", "Proposed by Cllr Rae and seconded by Cllr Voss.",
]  # fmt: skip


def every_piece(facts: Facts) -> list[Evidence]:
    """All evidence of a document's facts."""
    lists = (
        facts.attendees,
        facts.speakers,
        facts.resolutions,
        facts.recommendations,
        facts.actions,
        facts.interests,
        facts.items,
    )
    return [piece for facts_of_kind in lists for fact in facts_of_kind for piece in fact.evidence]


def check(facts: Facts) -> None:
    """Assert that each quote stands where its offsets say."""
    texts = facts.page_texts or []
    for piece in every_piece(facts):
        assert piece.quote == texts[piece.page - 1][piece.start : piece.end]
        assert piece.quote.strip()
    for fact in (*facts.resolutions, *facts.recommendations, *facts.actions):
        assert fact.text.replace(" ", "") in "".join(piece.quote for piece in fact.evidence).replace("\n", "").replace(
            "\t", ""
        ).replace(" ", "")


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_every_quote_stands_in_its_page(path: Path) -> None:
    """Each piece of evidence of each fixture is the very words at its offsets."""
    facts = extract_bytes(path.read_bytes(), path.name, with_text=True)
    check(facts)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PHRASES) | st.text(max_size=30), max_size=25).map("\n".join))
def test_every_quote_stands_in_any_text(text: str) -> None:
    """Whatever the order of headings, lists and sentences, a quote is never made up."""
    data = text.encode("utf-8", errors="replace")
    if not data.strip(b"\x00 \r\n\t") or b"\x00" in data[:4096]:
        return
    check(extract_bytes(b"Minutes of a meeting of the Northmere Panel\n" + data, "made-up.txt", with_text=True))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_same_bytes_same_facts(path: Path) -> None:
    """Extraction is a pure function of the bytes."""
    data = path.read_bytes()
    assert extract_bytes(data, path.name) == extract_bytes(data, path.name)
