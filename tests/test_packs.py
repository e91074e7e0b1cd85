"""A pack is split into its papers, and gives what its reports propose and nothing that is of another meeting."""

import json
import subprocess
import sys
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas
from sqlalchemy import select

from minutebook.extract import extract_bytes
from minutebook.extract.facts import Facts
from minutebook.extract.reading import read
from minutebook.extract.reading.bookmarks import MOST
from minutebook.fixtures import printing
from minutebook.fixtures.county import county
from minutebook.fixtures.packs import FORMS, pack, report
from minutebook.models.decisions import Recommendation, Resolution
from minutebook.models.documents import BoundMinutes
from minutebook.models.evidence import Evidence
from minutebook.models.load import load_authority, load_facts, load_meeting
from minutebook.models.meetings import Meeting
from minutebook.models.people import Attendance
from minutebook.models.store import open_store

PAPERS = Path(__file__).parent.parent / "fixtures" / "papers" / "documents"
COMMITTEE = "Community Scrutiny Committee"
SPLIT = ("moderngov", "bookmarks", "stamps", "titles")
PROPOSED = [
    ("(1)", "notes the results of the pilot hours, which ended in November"),
    ("(2)", "asks the Cabinet to open both libraries on Saturdays from 1 April 2027"),
    ("(a)", "endorses the findings of the task group"),
    ("(b)", "recommends that the Cabinet let the vacant plots at Mill Reach to the waiting list"),
]


@cache
def facts_of(form: str) -> Facts:
    """The facts of the county's pack in one of its forms."""
    return extract_bytes(pack(FORMS[form]), f"{form}.pdf", with_text=True)


@pytest.mark.parametrize("form", SPLIT)
def test_a_pack_gives_what_its_reports_propose(form: str) -> None:
    """The recommendations of both reports, and none of what an appendix quotes or draft minutes record."""
    facts = facts_of(form)
    assert "pack" == facts.kind
    assert PROPOSED == [(found.ref, found.text.rstrip(".")) for found in facts.recommendations]
    assert {"proposed"} == {found.outcome for found in facts.recommendations}
    assert ["Officers"] == [task.owner for task in facts.actions]


@pytest.mark.parametrize("form", FORMS)
def test_nobody_attends_a_pack_and_nothing_is_resolved_in_it(form: str) -> None:
    """The names and decisions of the draft minutes are of the meeting before, and those of the appendix of elsewhere."""
    facts = facts_of(form)
    assert ([], [], []) == (facts.attendees, facts.speakers, facts.resolutions)


@pytest.mark.parametrize("form", FORMS)
def test_the_front_sheet_gives_header_and_items(form: str) -> None:
    """Committee, day, time and items are those of the agenda, without the pages it lists."""
    facts = facts_of(form)
    assert (COMMITTEE, "2026-12-17", "18:30") == (facts.committee, facts.meeting_date, facts.started_at)
    assert [f"{number}." for number in range(1, 7)] == [item.number for item in facts.items]
    assert "Library opening hours: results" == facts.items[3].title


@pytest.mark.parametrize(
    ("form", "found_by", "numbers"),
    [
        ("moderngov", "bookmark", [None, "2", "4", "4", "6"]),
        ("bookmarks", "bookmark", [None, "2", "4", "4", "6"]),
        ("stamps", "stamp", [None, "2", "4", "4", "6"]),
        ("titles", "title", [None, None, "4", "4", None]),
    ],
)
def test_parts_follow_each_other_without_a_gap(form: str, found_by: str, numbers: list[str | None]) -> None:
    """Every page is in one part, in order; each part says what it is, and how it was told."""
    facts = facts_of(form)
    assert ["agenda", "minutes", "report", "appendix", "report"] == [part.kind for part in facts.parts]
    assert {found_by} == {part.found_by for part in facts.parts}
    assert numbers == [part.number for part in facts.parts]
    pages = [page for part in facts.parts for page in range(part.first_page, part.last_page + 1)]
    assert list(range(1, facts.pages + 1)) == pages


@pytest.mark.parametrize(
    ("form", "meeting"),
    [("moderngov", (COMMITTEE, "2026-06-18")), ("titles", (COMMITTEE, "2026-06-18")), ("stamps", (None, None))],
)
def test_draft_minutes_are_listed_with_their_own_meeting(form: str, meeting: tuple[str | None, str | None]) -> None:
    """Their committee and date are those of their title; without one they are not known."""
    minutes = facts_of(form).parts[1]
    assert meeting == (minutes.committee, minutes.meeting_date)


@pytest.mark.parametrize("form", FORMS)
def test_evidence_counts_in_the_pages_of_the_file(form: str) -> None:
    """Each quote stands at its place in the page it names, which is one of its part."""
    facts = facts_of(form)
    assert facts.page_texts
    for fact in (*facts.recommendations, *facts.actions, *facts.items):
        for piece in fact.evidence:
            assert piece.quote == facts.page_texts[piece.page - 1][piece.start : piece.end]
    reports = [part for part in facts.parts if part.kind == "report"]
    assert all(
        any(part.first_page <= found.evidence[0].page <= part.last_page for part in reports)
        for found in facts.recommendations
    )


def test_recommendations_bear_the_number_of_their_item() -> None:
    """The item is the one that the paper was bound under."""
    assert ["4", "4", "6", "6"] == [found.item for found in facts_of("stamps").recommendations]


def test_a_pack_that_cannot_be_split_says_so() -> None:
    """Where papers run on without a mark nothing is read in them, and a warning says why."""
    facts = facts_of("bare")
    assert ("pack", [], ["pack_not_split"]) == (facts.kind, facts.parts, [note.code for note in facts.warnings])
    assert ([], []) == (facts.recommendations, facts.actions)


def test_stamps_are_no_text() -> None:
    """What was stamped on a page is none of its words, and its title is, though others have the same."""
    pages = read(pack(FORMS["moderngov"]), "pack.pdf").pages
    assert not [page.number for page in pages if "Agenda Item" in page.text or "Document Pack" in page.text]
    assert [1, 2, 4, 6] == [page.number for page in pages if page.text.startswith("NORTHMERE DISTRICT COUNCIL")]


@pytest.mark.parametrize("name", ["scrutiny-2026-01-15-printed.pdf", "scrutiny-2026-12-17-agenda.pdf"])
def test_a_single_paper_is_no_pack(name: str) -> None:
    """Minutes and an agenda by themselves stay what they are."""
    facts = extract_bytes((PAPERS / name).read_bytes(), name)
    assert facts.kind in ("minutes", "agenda")
    assert [] == facts.parts


def drawn(*pages: list[str], stamps: dict[int, str], bookmarks: dict[int, str]) -> bytes:
    """A PDF of pages of lines, with stamps and bookmarks by page."""
    out = BytesIO()
    canvas = Canvas(out, invariant=1)
    for number, lines in enumerate(pages, 1):
        if number in stamps:
            canvas.drawString(470, 820, stamps[number])
        if number in bookmarks:
            canvas.bookmarkPage(str(number))
            canvas.addOutlineEntry(bookmarks[number], str(number))
        for place, line in enumerate(lines):
            canvas.drawString(72, 760 - 30 * place, line)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


MINUTES = [
    "Minutes of the Harbour Panel held on 4 May 2026",
    "Present: Cllr Ida Rowe",
    "RESOLVED: That the wall be repaired.",
]
REPORT = ["Report of the Head of Parks", "Date: 4 June 2026", "RECOMMENDATION: That the Panel adopt the plan."]
AGENDA = ["Harbour Panel", "AGENDA", "4 June 2026", "1. Apologies for absence"]
QUOTE = ["What others decided:", "RESOLVED: That the lido be sold."]


def test_minutes_with_papers_attached_stay_minutes() -> None:
    """A file that opens with minutes is the record of a meeting, whatever is bound behind it."""
    attached = drawn(MINUTES, REPORT, stamps={2: "Minute Item 5"}, bookmarks={1: "Minutes", 2: "5 Parks plan"})
    facts = extract_bytes(attached, "minutes.pdf")
    assert ("minutes", []) == (facts.kind, facts.parts)
    assert ["Ida Rowe"] == [person.name for person in facts.attendees]
    assert "That the wall be repaired." in [found.text for found in facts.resolutions]


def test_a_supplement_without_an_agenda_is_known_by_its_stamps() -> None:
    """Stamps of two items are put on by a committee system: their papers are a pack, and no minutes of this meeting."""
    supplement = drawn(REPORT, MINUTES, stamps={1: "Agenda Item 5", 2: "AGENDA ITEM No. 7a"}, bookmarks={})
    facts = extract_bytes(supplement, "supplement.pdf")
    assert [("5", "report"), ("7a", "minutes")] == [(part.number, part.kind) for part in facts.parts]
    assert ([], [], 1) == (facts.attendees, facts.resolutions, len(facts.recommendations))


def test_a_report_with_its_own_stamp_is_a_report() -> None:
    """One paper taken out of a pack keeps its stamp and its appendix, and is one paper."""
    taken_out = drawn(REPORT, QUOTE, stamps={1: "Agenda Item 5", 2: "Appendix A"}, bookmarks={})
    facts = extract_bytes(taken_out, "report.pdf")
    assert ("report", [], 1) == (facts.kind, facts.parts, len(facts.recommendations))


def test_a_stamp_on_every_page_begins_one_paper() -> None:
    """Some systems stamp all pages of an item; the paper begins with the first of them."""
    stamped = drawn(AGENDA, REPORT, QUOTE, QUOTE, stamps=dict.fromkeys((2, 3, 4), "Item No. 3"), bookmarks={})
    parts = extract_bytes(stamped, "pack.pdf").parts
    assert [(None, 1, 1), ("3", 2, 4)] == [(part.number, part.first_page, part.last_page) for part in parts]


def test_a_second_report_in_a_paper_is_attached_to_the_first() -> None:
    """Behind a bookmark only the first report is put to the meeting: what it attaches was put to another."""
    bound = drawn(AGENDA, REPORT, REPORT, stamps={}, bookmarks={1: "Agenda", 2: "3. Parks plan"})
    facts = extract_bytes(bound, "pack.pdf")
    assert [(None, "agenda"), ("3", "report"), ("3", "appendix")] == [(part.number, part.kind) for part in facts.parts]
    assert [2] == [found.evidence[0].page for found in facts.recommendations]


@pytest.mark.parametrize(
    ("title", "number"),
    [("5 Parks", "5"), ("Item 6 - Parks", "6"), ("Agenda Item 7a: Parks", "7a"), ("Minutes", None), ("12 May 2026", None)],
)  # fmt: skip
def test_bookmarks_name_the_item(title: str, number: str | None) -> None:
    """The number of the item is told from a date, and from no number at all."""
    bound = drawn(AGENDA, REPORT, stamps={}, bookmarks={2: title})
    assert [number] == [start.number for start in read(bound).starts if start.found_by == "bookmark"]


def outlined(count: int, after_last: int) -> bytes:
    """A PDF of one page with `count` bookmarks to it, the last of which is followed by the one numbered `after_last`."""
    body = [b"<</Type/Catalog/Pages 2 0 R/Outlines 4 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>"]
    body += [b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>", b"<</First 5 0 R/Last %d 0 R>>" % (count + 4)]
    follows = [*range(6, count + 5), after_last + 5]
    body += [b"<</Title(%d Parks)/Parent 4 0 R/Dest[3 0 R/Fit]/Next %d 0 R>>" % (n, m) for n, m in enumerate(follows)]
    out, places = b"%PDF-1.4\n", []
    for number, entry in enumerate(body, 1):
        places.append(len(out))
        out += b"%d 0 obj %s endobj\n" % (number, entry)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(body) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % (len(body) + 1) + table + trailer


@pytest.mark.parametrize(("count", "after_last", "read_of_them"), [(3, 0, 3), (MOST + 500, 0, MOST)])
def test_bookmarks_end(count: int, after_last: int, read_of_them: int) -> None:
    """A circle of bookmarks is gone round once, and of very many only so many are read."""
    assert read_of_them == len(read(outlined(count, after_last)).starts)


def test_the_command_prints_the_parts(tmp_path: Path) -> None:
    """`minutebook extract` gives the parts of a pack with its facts."""
    file = tmp_path / "pack.pdf"
    file.write_bytes(pack(FORMS["moderngov"]))
    command = [sys.executable, "-m", "minutebook.pipeline", "extract", str(file)]
    printed = json.loads(subprocess.run(command, capture_output=True, check=True, cwd=tmp_path).stdout)
    assert ("pack", 5, 4) == (printed["kind"], len(printed["parts"]), len(printed["recommendations"]))
    assert {"number": "6", "title": "Allotments", "first_page": 6, "last_page": 6}.items() <= printed["parts"][
        4
    ].items()


def test_pack_and_report_are_one_recommendation(session, make) -> None:
    """What a report proposes is one row, whether read in the report or in the pack; the report is quoted first."""
    single = printing.report_paper(report("library-results"))
    read_single = extract_bytes(single, "report.pdf", with_text=True).model_dump(mode="json", by_alias=True)
    read_pack = facts_of("moderngov").model_dump(mode="json", by_alias=True)
    papers = [
        make.document("b7", role="other", sha256=read_pack["sha256"]),
        make.document("s9", role="report", sha256=read_single["sha256"]),
    ]
    load_meeting(session, make.meeting("4105", "2026-12-17", COMMITTEE, documents=papers))
    load_meeting(session, make.meeting("4104", "2026-06-18", COMMITTEE))
    for facts in (read_pack, read_single):
        load_facts(session, facts["sha256"], facts)
    rows = session.scalars(select(Recommendation).order_by(Recommendation.position)).all()
    meeting = session.scalars(select(Meeting).where(Meeting.source_id == "4105")).one()
    assert ["(1)", "(2)", "(a)", "(b)"] == [row.ref for row in rows]
    assert {meeting.id} == {row.meeting_id for row in rows}
    pieces = session.scalars(select(Evidence).where(Evidence.recommendation_id == rows[0].id)).all()
    assert [1, 4] == [piece.page for piece in sorted(pieces, key=lambda piece: piece.position)]
    decided = [*session.scalars(select(Resolution)), *session.scalars(select(Attendance))]
    assert {"4104"} == {session.get(Meeting, row.meeting_id).source_id for row in decided}


NOTICE = """Decision details

Library opening hours

Decision Maker: Community Scrutiny Committee

Decision:

That the results of the pilot be reported to the Committee in December 2026.

Publication date: 19/06/2026

Date of decision: 18/06/2026

Decided at meeting: 18/06/2026 - Community Scrutiny Committee
"""


@cache
def five_papers() -> dict[str, dict[str, object]]:
    """What is read in page, web service, print and decision notice of the June meeting, and in December's pack."""
    june = county().meeting(4104)
    assert june
    data = {
        "page.html": (PAPERS / "scrutiny-2026-06-18-page.html").read_bytes(),
        "service.xml": (PAPERS / "scrutiny-2026-06-18-service.xml").read_bytes(),
        "print.pdf": printing.minutes_paper(county(), june, printing.PLAIN),
        "notice.txt": NOTICE.encode(),
        "pack.pdf": pack(FORMS["moderngov"]),
    }
    read_all = {name: extract_bytes(paper, name, with_text=True) for name, paper in data.items()}
    return {name: facts.model_dump(mode="json", by_alias=True) for name, facts in read_all.items()}


def stored(order: tuple[int, ...], url: str, make) -> tuple[list[object], ...]:
    """Resolutions, evidence and attendances after loading two meetings and five papers in this order."""
    papers = {
        name: make.document(name, sha256=facts["sha256"], media_type=facts["media_type"], role=role)
        for (name, facts), role in zip(
            five_papers().items(), ("meeting_page", "meeting_xml", "other", "other", "other"), strict=True
        )
    }
    *june, december = papers.values()
    steps = [
        (load_meeting, make.meeting("4104", "2026-06-18", COMMITTEE, documents=june)),
        (load_meeting, make.meeting("4105", "2026-12-17", COMMITTEE, documents=[december])),
        *((load_facts, facts["sha256"], facts) for facts in five_papers().values()),
    ]
    with open_store(url) as session:
        load_authority(session, make.AUTHORITY)
        for step in order:
            call, *arguments = steps[step]
            call(session, *arguments)
        session.expunge_all()
        return tuple(
            session.execute(select(model.__table__).order_by(model.id)).all()
            for model in (Resolution, Evidence, Attendance, BoundMinutes)
        )


def test_one_decision_in_five_papers_is_one_row_in_any_order(tmp_path: Path, make) -> None:
    """Page, service, print, notice and the next meeting's pack bear out the same four decisions of June."""
    orders = [(0, 1, 2, 3, 4, 5, 6), (6, 5, 4, 3, 2, 1, 0), (1, 6, 0, 4, 5, 2, 3), (3, 5, 1, 6, 2, 0, 4)]
    found = [stored(order, f"sqlite:///{tmp_path}/{number}.db", make) for number, order in enumerate(orders)]
    assert [found[0]] * len(found) == found
    resolutions, evidence, attendances, _ = found[0]
    papers = {
        row.text: {piece.document_id for piece in evidence if piece.resolution_id == row.id} for row in resolutions
    }
    assert [4, 4, 4, 5] == sorted(len(documents) for documents in papers.values())
    assert 1 == len({row.meeting_id for row in (*resolutions, *attendances)})
    assert len(attendances) == len({row.name for row in attendances})


def bound_pack() -> dict[str, object]:
    """A pack for June with the minutes of the meeting of May."""
    bound = drawn(AGENDA, MINUTES, REPORT, stamps={}, bookmarks={1: "Agenda", 2: "2. Minutes", 3: "3. Parks plan"})
    return extract_bytes(bound, "pack.pdf", with_text=True).model_dump(mode="json", by_alias=True)


def repaired(session) -> list[str]:
    """The texts of the resolutions in the store."""
    return list(session.scalars(select(Resolution.text).order_by(Resolution.text)))


def test_minutes_in_a_pack_wait_for_their_meeting(session, make) -> None:
    """They are of no other meeting than their own, and go with the pack when that is withdrawn."""
    read_pack = bound_pack()
    paper = make.document("b1", sha256=read_pack["sha256"])
    load_meeting(session, make.meeting("2", "2026-06-04", "Harbour Panel", documents=[paper]))
    load_facts(session, read_pack["sha256"], read_pack)
    assert [] == repaired(session)
    load_meeting(session, make.meeting("1", "2026-05-04", "Harbour Panel"))
    assert ["That the wall be repaired."] == repaired(session)
    withdrawn = [paper | {"restricted": True}]
    load_meeting(session, make.meeting("2", "2026-06-04", "Harbour Panel", documents=withdrawn))
    assert [] == repaired(session)


def test_minutes_in_a_pack_give_way_to_those_published(session, make) -> None:
    """What only the minutes in the pack say goes when others were read; what both say has both as evidence."""
    read_pack = bound_pack()
    papers = [make.document("b1", sha256=read_pack["sha256"])]
    final = make.facts("final", resolutions=[make.resolution("That the wall be sold.")])
    load_meeting(session, make.meeting("1", "2026-05-04", "Harbour Panel", documents=[make.document("final")]))
    load_meeting(session, make.meeting("2", "2026-06-04", "Harbour Panel", documents=papers))
    load_facts(session, read_pack["sha256"], read_pack)
    load_facts(session, final["sha256"], final)
    assert ["That the wall be sold."] == repaired(session)
    same = make.facts("final", resolutions=[make.resolution("That the wall be repaired.")])
    load_facts(session, same["sha256"], same)
    assert ["That the wall be repaired."] == repaired(session)
    assert 2 == len(session.scalars(select(Evidence).where(Evidence.resolution_id.is_not(None))).all())
