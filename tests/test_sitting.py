"""The sitting: when and where it was held, whether it had a quorum, and what was taken with the public shut out."""

import pytest

from minutebook.extract import extract_bytes
from minutebook.extract.facts import Facts

HEAD = "MINUTES of a meeting of the Northmere Town Council held on 4 May 2026 at 7.00 pm in the Weir Hall\n\nPRESENT: Councillors Ida Rowe and Bo Finn\n\n"


def read(*paragraphs: str, head: str = HEAD) -> Facts:
    """The facts of minutes of these paragraphs."""
    return extract_bytes((head + "\n\n".join(paragraphs)).encode(), "minutes.txt")


@pytest.mark.parametrize(
    ("line", "venue"),
    [
        ("Minutes of a meeting held on Tuesday 5 May 2026 at 7.00 pm in Weir Hall", "Weir Hall"),
        ("Minutes of a meeting held in the Weir Hall on Tuesday May 5th 2026", "the Weir Hall"),
        ("Northmere Town Council held their meeting at 7.30pm on the 6th May 2026 at the Reading Room, Weir.", "the Reading Room, Weir"),
        ("Minutes of the meeting held on Tuesday, 5 May 2026 at 6.30 pm, Council Chamber, Weir House", "Council Chamber, Weir House"),
        ("The meeting of the Council was held in person at the Weir Centre, and livestreamed, on 5 May 2026.", "the Weir Centre"),
        ("Minutes of the meeting held on 5 May 2026", None),
        ("Minutes of the meeting held on 5 May 2026 at 7 pm", None),
    ],
)  # fmt: skip
def test_venue(line: str, venue: str | None) -> None:
    """The place is found before and behind day and time."""
    facts = read("1. APOLOGIES", "There were none.", head=f"DRAFT MINUTES\n\n{line}\n\n")
    assert venue == facts.venue


@pytest.mark.parametrize(
    ("line", "draft"),
    [("DRAFT", True), ("Draft minutes of the Northmere Town Council", True), ("Minutes (unconfirmed)", True),
     ("Subject to approval at the next meeting", True), ("Minutes of the Drafting Panel", False)],
)  # fmt: skip
def test_a_draft_says_so_at_its_head(line: str, draft: bool) -> None:
    """A stamp, a title or a note above the minutes; a draft that was discussed is none."""
    discussed = "Members considered the draft minutes of the working group."
    assert draft is read("1. APOLOGIES", discussed, head=f"{line}\n\n{HEAD}").draft


@pytest.mark.parametrize("field", ["Decided at meeting: 18/06/2026 - Harbour Panel", "Decision maker: Harbour Panel"])
def test_a_decision_notice_names_its_meeting(field: str) -> None:
    """Body and day are those of the decision, not of its publication."""
    lines = ("Decision details", "Publication date: 19/06/2026", "Date of decision: 18/06/2026", field, "Decision:",
             "That the wall be repaired.")  # fmt: skip
    facts = extract_bytes("\n\n".join(lines).encode(), "notice.txt")
    assert ("decision_notice", "Harbour Panel", "2026-06-18") == (facts.kind, facts.committee, facts.meeting_date)
    assert ["That the wall be repaired."] == [found.text for found in facts.resolutions]


def test_an_adjourned_meeting_has_an_end() -> None:
    """The time that stands behind the adjournment is that of the end."""
    assert "19:26" == read("That the meeting be adjourned. Time: 7:26 p.m.").ended_at


@pytest.mark.parametrize(
    ("said", "quorate"),
    [
        ("The Chair declared the meeting quorate.", True),
        ("A quorum being present, the Chair opened the meeting.", True),
        ("The meeting was inquorate and informal notes were taken.", False),
        ("As there was no quorum the meeting was abandoned.", False),
        ("The meeting was not quorate for this particular item.", None),
        ("The quorum of the Council is three.", None),
        ("A dispensation was granted to ensure that a quorum was present.", None),
        ("The previous meeting was inquorate.", None),
    ],
)
def test_quorum(said: str, quorate: bool | None) -> None:
    """What is said of the whole meeting counts, and nothing that is said of an item, a rule or another meeting."""
    assert quorate is read("1. OPENING", said).quorate


EXCLUDE = "RESOLVED: That the press and public be excluded from the meeting "
ITEMS = ("5. HARBOUR WALL", "RESOLVED: That the wall be repaired.", "6. LEASE OF THE QUAY", "RESOLVED: That the lease be sold.",
         "7. PARKS AND GARDENS", "RESOLVED: That the park be opened.")  # fmt: skip


@pytest.mark.parametrize(
    ("before", "between", "exempt"),
    [
        (f"{EXCLUDE}as exempt information would be disclosed.", "", [5, 6, 7]),
        (f"{EXCLUDE}for the following item.", "", [5]),
        (f"{EXCLUDE}during consideration of item 6.", "", [6]),
        (f"{EXCLUDE}for the remaining items.", "The public were re-admitted to the meeting.", [5, 6]),
        ("RESOLVED: That the press and public be not excluded.", "", []),
        ("The Clerk asked whether the public should be excluded.", "", []),
        ("EXEMPT BUSINESS", "", [5, 6, 7]),
        ("EXEMPT BUSINESS", "PUBLIC ITEMS", [5, 6]),
    ],
)
def test_what_was_taken_in_private(before: str, between: str, exempt: list[int]) -> None:
    """Items and decisions from the exclusion to readmission or the end, or those that it names."""
    facts = read("4. BUSINESS IN PRIVATE", before, *ITEMS[:4], *filter(None, [between]), *ITEMS[4:])
    assert [f"{number}." for number in exempt] == [item.number for item in facts.items if item.exempt]
    assert [f"{number}." for number in exempt] == [found.item for found in facts.resolutions if found.exempt]


def test_a_title_says_that_its_item_is_exempt() -> None:
    """The title alone is enough, for that item."""
    facts = read(
        "5. LEASE – EXEMPT", "RESOLVED: That the lease be sold.", "6. PARKS AND GARDENS", "RESOLVED: That it be opened."
    )
    assert ([True, False], [True, False]) == (
        [item.exempt for item in facts.items],
        [found.exempt for found in facts.resolutions],
    )
