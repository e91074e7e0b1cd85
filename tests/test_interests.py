"""Declarations of interest: every form they are minuted in, and what is none."""

from io import BytesIO

import docx
import pytest
from sqlalchemy import select

from minutebook.extract import extract_bytes
from minutebook.extract.facts import Facts, Interest
from minutebook.models.evidence import Evidence
from minutebook.models.interests import Interest as Stored
from minutebook.models.load import load_facts, load_meeting

MINUTES = """MINUTES of a meeting of the Northmere Town Council held on 4 May 2026

PRESENT: Councillors Ida Rowe (Chair), Bo Finn, Kit Orr, Sal Rae and Mrs Una Voss

2. DECLARATIONS OF INTEREST

{declared}

3. MINUTES OF THE LAST MEETING

Councillor Rowe left the meeting at 8 pm.
"""
LEASE = "\n\n7. LEASE OF THE QUAY\n\n"
RAE, VOSS, FINN, ORR = "Sal Rae", "Una Voss", "Bo Finn", "Kit Orr"


def read(declared: str) -> Facts:
    """The facts of minutes in which this is said under the declarations of interest."""
    return extract_bytes(MINUTES.format(declared=declared).encode(), "minutes.txt", with_text=True)


def shown(found: list[Interest]) -> list[tuple[object, ...]]:
    """Who, item, kind, whether they left and took part."""
    return [(row.name, row.item, row.kind, row.left_room, row.took_part) for row in found]


@pytest.mark.parametrize(
    ("declared", "rows"),
    [
        ("Councillor Rae declared a disclosable pecuniary interest in item 7 as he owned land nearby, and left the room.",
         [(RAE, "7", "disclosable_pecuniary", True, None)]),
        ("Cllr Rae declared a DPI in Agenda Item 4.", [(RAE, "4", "disclosable_pecuniary", None, None)]),
        ("Councillor Finn declared an other registrable interest in item 6(b).", [(FINN, "6(b)", "registrable", None, None)]),
        ("Councillor Sal Rae MBE declared a non-registrable interest in item 6.", [(RAE, "6", "non_registrable", None, None)]),
        ("Cllrs Rae and Voss declared non-pecuniary interests in Minute 12.",
         [(RAE, "12", "non_pecuniary", None, None), (VOSS, "12", "non_pecuniary", None, None)]),
        ("Councillor Rae declared interests in items 5 (Mill Lane), 7 and 9.",
         [(RAE, "5", None, None, None), (RAE, "7", None, None, None), (RAE, "9", None, None, None)]),
        ("The Chair, Councillor Rowe, declared a personal and prejudicial interest in agenda item 3 and said she would leave the meeting.",
         [("Ida Rowe", "3", "prejudicial", True, None)]),
        ("Cllr Finn declared a personal but not prejudicial interest in item 5.", [(FINN, "5", "personal", None, None)]),
        ("Cllr Voss advised the meeting that she had a personal interest in item 5 but remained in the room and did not vote.",
         [(VOSS, "5", "personal", False, False)]),
        ("A financial interest was declared by Cllr Rae in item 7.", [(RAE, "7", "pecuniary", None, None)]),
        ("Mrs Voss declared an interest in item 9 (Debt). The nature of it was old. She did not consider that it required her to leave the meeting.",
         [(VOSS, "9", None, False, None)]),
        ("Cllr Rae declared a personal interest in item 5 and Cllr Voss declared a prejudicial interest in item 6 and left the room.",
         [(RAE, "5", "personal", None, None), (VOSS, "6", "prejudicial", True, None)]),
        ("Councillors Rae and Finn declared a prejudicial interest in item 5 (Quay Plan). Each member withdrew from the Chamber and took no part in the vote.\n\n"
         "Councillor Voss declared a personal interest in the same item.",
         [(RAE, "5", "prejudicial", True, False), (FINN, "5", "prejudicial", True, False), (VOSS, "5", "personal", None, None)]),
        ("Cllr Rae declared a pecuniary interest in item 3 as he is an employee.\n\nMrs Voss declared a pecuniary interest in item 3.\n\nAll the above members left the room.",
         [(RAE, "3", "pecuniary", True, None), (VOSS, "3", "pecuniary", True, None)]),
        ("Having declared a personal interest in item 4, Cllr Rae took no part in the vote.", [(RAE, "4", "personal", None, False)]),
    ],
)  # fmt: skip
def test_declarations_told_in_sentences(declared: str, rows: list[tuple[object, ...]]) -> None:
    """Each person and item is a row, with kind and conduct where they are told."""
    assert rows == shown(read(declared).interests)


@pytest.mark.parametrize(
    ("declared", "rows"),
    [
        ("Cllr Rae (item 5, personal, as a school governor)", [(RAE, "5", "personal", None, None)]),
        ("Cllr Rae (Item 5 - personal); Cllr Voss (Item 7 - prejudicial, left the room).",
         [(RAE, "5", "personal", None, None), (VOSS, "7", "prejudicial", True, None)]),
        ("Item 6 – Cllr Rae, personal interest", [(RAE, "6", "personal", None, None)]),
        ("Cllr Rae: Non-pecuniary interest in Item 5 – member of the sailing club", [(RAE, "5", "non_pecuniary", None, None)]),
        ("The following Councillors declared an interest:\n\nCllr. S. Rae – Item 9 – Planning Application E/35001\n\nCllr. B. Finn, Agenda Item 10– Play Area.",
         [(RAE, "9", None, None, None), (FINN, "10", None, None, None)]),
        ("Agenda Item 8 – 25/0123/OUT Mill Farm\n\nThe following non-pecuniary interests were declared:\n\n• Councillor Rae had had letters from the builder.\n\n"
         "• Councillor Voss knew the owner.",
         [(RAE, "8", "non_pecuniary", None, None), (VOSS, "8", "non_pecuniary", None, None)]),
        ("• Agenda Item 12. Cllr Rae declared a personal interest as a member of the club.", [(RAE, "12", "personal", None, None)]),
    ],
)  # fmt: skip
def test_declarations_listed(declared: str, rows: list[tuple[object, ...]]) -> None:
    """Lists by person and by item, with what heading and lead-in say of each line."""
    assert rows == shown(read(declared).interests)


@pytest.mark.parametrize(
    "declared",
    [
        "None.",
        "There were no declarations of interest.",
        "Cllr Rae – none.",
        "Councillor Rae declared that he had no interest in item 5.",
        "Councillor Finn had been granted a dispensation to speak on item 5.",
        "Dispensations: Cllr Rae (item 5)",
        "Councillors Rae and Voss asked whether an interest should be declared in item 7.",
        "Councillor Rae declared an interest in joining the working group.",
        "Members were reminded to declare any personal interest in item 5.",
        "All members declared a personal interest in item 8.",
        "Cllr Rae had declared a personal interest in item 4 at the previous meeting.",
        "Northmere Sailing declared an interest in the hall.",
        "Cllr Rae asked about item 5, personal safety.",
    ],
)
def test_what_declares_nothing(declared: str) -> None:
    """Nobody declares anything here."""
    assert [] == read(declared).interests


@pytest.mark.parametrize(
    ("declared", "matter"),
    [
        ("Cllr Rae declared an interest in item 9, Planning application E/35001 (as the applicant).", "Planning application E/35001"),
        ("Cllr Rae declared an interest in item 12 (Mill Park) as owner of a house.", "Mill Park"),
        ("Cllr Rae declared an interest in item 8 (owner of the field).", None),
        ("Cllr Rae declared an interest in the item on grants to halls as a trustee.", "grants to halls"),
        ("Cllr Rae declared an interest in planning application 25/0123 and left the room.", "planning application 25/0123"),
        ("Cllr Rae declared an interest in relation to his post as a teacher.", None),
        ("Cllr Rae declared an interest as a teacher.", None),
    ],
)  # fmt: skip
def test_what_an_interest_concerns_is_told_from_the_reason(declared: str, matter: str | None) -> None:
    """The name of the item is kept, the reason for the interest is not part of it."""
    assert [matter] == [row.matter for row in read(declared).interests]


def test_a_declaration_made_again_is_one_row() -> None:
    """What is said when the item is reached is added to the row, with its words."""
    declared = f"Cllr Rae declared a personal interest in item 7.{LEASE}Councillor Rae left the room for this item."
    facts = read(declared)
    assert [(RAE, "7", "personal", True, None)] == shown(facts.interests)
    assert ["Councillor Rae left the room for this item."] == [facts.interests[0].evidence[1].quote]
    again = f"Cllr. S. Rae – Item 7 – Quay Lease{LEASE}Cllr Rae again declared an interest and took no part."
    assert [(RAE, "7", None, None, False)] == shown(read(again).interests)


def test_a_declaration_within_another_item_is_of_that_item() -> None:
    """Number and title are those of the business in hand."""
    (found,) = read(f"None.{LEASE}Councillor Finn declared an interest and withdrew from the meeting.").interests
    assert ("Bo Finn", "7", "LEASE OF THE QUAY", True) == (found.name, found.item, found.matter, found.left_room)


def test_a_table_of_declarations() -> None:
    """Columns are told by their heads; the line above the table holds for each row."""
    paper = docx.Document()
    for text in MINUTES.format(declared="The following declarations of personal interest were made and the Members "
                               "remained in the room but took no part in the voting:").split("\n\n")[:-2]:  # fmt: skip
        paper.add_paragraph(text)
    table = paper.add_table(rows=0, cols=3)
    rows = [("Member", "Minute No.", "Nature"), ("Cllr Rae", "84 – Mill Lane", "Met them"), ("Mrs Voss", "5 & 6", "Prejudicial")]  # fmt: skip
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    out = BytesIO()
    paper.save(out)
    assert [
        (RAE, "84", "personal", False, False),
        (VOSS, "5", "prejudicial", False, False),
        (VOSS, "6", "prejudicial", False, False),
    ] == shown(extract_bytes(out.getvalue(), "minutes.docx").interests)


def test_one_declaration_is_one_row_of_the_store(session, make) -> None:
    """Page and print of one declaration are one row with both pieces of evidence; another member's is another."""
    text = "Councillor Ida Rowe declared a personal interest in item 4, Mill Lane."
    page = make.facts("page", "meeting_page", interests=[make.interest("Ida Rowe", text, item="4", kind="personal")])
    printed = make.facts(
        "print",
        interests=[
            make.interest("I Rowe", "Cllr Rowe (item 4)", item="4.", left_room=True),
            make.interest("Bo Finn", "Cllr Finn (item 4)", item="4."),
        ],
    )
    papers = [make.document("page", media_type="text/html"), make.document("print")]
    load_meeting(session, make.meeting(documents=papers))
    for facts in (printed, page | {"media_type": "text/html"}):
        load_facts(session, facts["sha256"], facts)
    rows = session.scalars(select(Stored).order_by(Stored.position)).all()
    assert [("Ida Rowe", "personal", True), ("Bo Finn", None, None)] == [(r.name, r.kind, r.left_room) for r in rows]
    evidence = session.scalars(select(Evidence).where(Evidence.interest_id == rows[0].id)).all()
    assert {text, "Cllr Rowe (item 4)"} == {piece.quote for piece in evidence}
