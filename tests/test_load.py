"""Loading: the same again, in any order, killed half-way; one decision is one row; who is who; which meeting it was."""

import itertools
import os
import signal
import subprocess
import sys
import textwrap
from datetime import date

import pytest
from sqlalchemy import delete, event, select

from minutebook.models.base import Base, stable_id
from minutebook.models.committees import Committee
from minutebook.models.decisions import Recommendation, Resolution
from minutebook.models.delegated import DelegatedDecision, load_decision
from minutebook.models.documents import Document, DocumentVersion, Link
from minutebook.models.errors import StoreError
from minutebook.models.evidence import Evidence
from minutebook.models.load import load_authority, load_facts, load_meeting, set_aside, withhold_meeting
from minutebook.models.loaded import Loaded
from minutebook.models.meetings import AgendaItem, Meeting
from minutebook.models.names import people_of
from minutebook.models.people import Attendance, Person
from minutebook.models.place import Sitting, Stated, meeting_of
from minutebook.models.readings import Reading
from minutebook.models.store import open_store
from minutebook.models.unread import archived, unread_documents
from minutebook.models.votes import RecordedVote

GRANTED = "That permission be granted for the barn at 2 Mill Lane, subject to the conditions in the report."


def everything(session):
    """Every row of every table, in order of id."""
    session.rollback()
    return {
        table.name: session.execute(select(table).order_by(table.c.id)).all() for table in Base.metadata.sorted_tables
    }


def texts(session, model=Resolution):
    """The texts of a table, in the order of their meetings and places."""
    return list(session.scalars(select(model.text).order_by(model.meeting_id, model.position)))


@pytest.fixture
def load(session, make):
    """Load a meeting with documents of the given contents, then what was read in each."""

    def load(*read, **changes):
        papers = [make.document(facts["source"][:-4], media_type=facts["media_type"]) for facts in read]
        load_meeting(session, make.meeting(documents=papers, **changes))
        for facts in read:
            load_facts(session, facts["sha256"], facts)

    return load


def three_papers(make):
    """The same resolution and attendee in a page, its XML and a PDF, the PDF with more."""
    page = make.facts("page", "meeting_page", resolutions=[make.resolution(GRANTED, item="47.")])
    xml = make.facts("xml", "meeting_page", resolutions=[make.resolution(GRANTED[5:], item="47")])
    pdf = make.facts(
        "pdf",
        resolutions=[make.resolution(GRANTED.replace("the report", "a report"), ref="(a)", mover="Bo Finn")],
        attendees=[make.attendee("Ida Rowe")],
    )
    return page | {"media_type": "text/html"}, xml | {"media_type": "text/xml"}, pdf


@pytest.mark.parametrize("noted", [True, False], ids=["noted", "note lost"])
def test_loading_the_same_again_changes_nothing(session, stored, make, noted):
    """A second night with the same pages and papers leaves every row and every id as it is; the note only spares work."""
    meeting = make.meeting("4103", documents=[make.document("s9")], attendances=[make.line("Ida Rowe", "Present")])
    facts = make.facts("s9", resolutions=[make.resolution(GRANTED)])
    load_meeting(session, meeting)
    load_facts(session, make.sha("s9"), facts)
    before = everything(session)
    later = make.document("s9", fetched_at="2026-02-21T03:00:00+00:00")
    if not noted:
        session.execute(delete(Loaded).where(Loaded.id == stable_id("meeting", "northmere", "4103")))
    load_authority(session, make.AUTHORITY)
    load_meeting(session, meeting | {"documents": [later]})
    load_facts(session, make.sha("s9"), facts)
    load_facts(session, make.sha("s9"), facts | {"page_texts": None})
    assert before == everything(session)


def test_the_order_of_loading_does_not_matter(make):
    """Meetings and facts in many orders end in the same rows with the same ids."""
    page, _, pdf = three_papers(make)
    previous = make.facts("old", resolutions=[make.resolution(GRANTED)], meeting_date="2026-02-12")
    steps = [
        (load_meeting, make.meeting("1", "2026-02-12", documents=[make.document("page"), make.document("xml")])),
        (load_meeting, make.meeting("2", "2026-03-12", documents=[make.document("pdf"), make.document("old")])),
        (load_facts, make.sha("page"), page),
        (load_facts, make.sha("pdf"), pdf | {"meeting_date": "2026-02-12", "committee": "Planning Committee"}),
        (load_facts, make.sha("old"), previous),
    ]
    results = []
    for order in itertools.islice(itertools.permutations(steps), 0, None, 7):
        with open_store("sqlite://") as session:
            load_authority(session, make.AUTHORITY)
            for step, *arguments in order:
                step(session, *arguments)
            results.append(everything(session))
    assert len(results[0]["resolutions"]) == 1
    assert len([row for row in results[0]["evidence"] if row.resolution_id]) == 3
    assert [results[0]] * len(results) == results


def test_one_decision_is_one_row_with_all_its_evidence(session, load, make):
    """Page, XML and print of one resolution make one row that takes from each what the others leave out."""
    load(*three_papers(make))
    resolution = session.scalars(select(Resolution)).one()
    assert (resolution.text, resolution.ref, resolution.item, resolution.mover) == (GRANTED, "(a)", "47.", "Bo Finn")
    assert len(session.scalars(select(Evidence).where(Evidence.resolution_id == resolution.id)).all()) == 3


@pytest.mark.parametrize(
    ("other", "rows"),
    [
        ({"text": GRANTED}, 1),
        ({"text": GRANTED.replace("the conditions", "conditions")}, 1),
        ({"text": GRANTED.replace("barn at 2", "barn at 4")}, 2),
        ({"text": GRANTED.replace("subject to the conditions in the report", "for one year only")}, 2),
        ({"text": GRANTED, "ref": "(b)"}, 2),
        ({"text": GRANTED, "outcome": "proposed"}, 2),
    ],
)
def test_what_makes_two_statements_one_decision(session, load, make, other, rows):
    """Nearly the same words are one decision; other figures, other labels, or a mere proposal are two."""
    stated = make.resolution(GRANTED, ref="(a)")
    load(
        make.facts("page", "meeting_page", recommendations=[stated]),
        make.facts("pdf", recommendations=[make.resolution(**{"ref": None} | other)]),
    )
    assert rows == len(texts(session, Recommendation))


def test_the_same_words_twice_in_one_document_are_two_decisions(session, load, make):
    """A committee may note two reports; each joins what another document says under the same item."""
    noted = "That the report be noted."
    load(
        make.facts("a", resolutions=[make.resolution(noted, item="4."), make.resolution(noted, item="7.")])
        | {"media_type": "text/html"},
        make.facts("b", resolutions=[make.resolution(noted, item="9"), make.resolution(noted, item="7")]),
    )
    rows = session.scalars(select(Resolution).order_by(Resolution.position)).all()
    evidence = [len(session.scalars(select(Evidence).where(Evidence.resolution_id == row.id)).all()) for row in rows]
    assert [(row.item, pieces) for row, pieces in zip(rows, evidence, strict=True)] == [("4.", 2), ("7.", 2)]


def test_previous_minutes_belong_to_their_own_meeting(session, load, make):
    """Minutes attached to the next meeting are of the meeting whose date and committee they print."""
    load()
    papers = [make.document("old")]
    load_meeting(session, make.meeting("4102", "2026-03-12", documents=papers))
    load_meeting(session, make.meeting("4999", "2026-02-12", "Audit Committee"))
    stated = {"meeting_date": "2026-02-12", "committee": "Northmere District Council Planning Committee"}
    load_facts(session, make.sha("old"), make.facts("old", resolutions=[make.resolution(GRANTED)], **stated))
    found = session.scalars(select(Meeting.source_id).join(Resolution, Resolution.meeting_id == Meeting.id)).all()
    assert found == ["4101"]


def test_minutes_of_an_unknown_meeting_wait_for_it(session, make):
    """Facts of a meeting that is not in the store have no meeting; they join it when it is loaded."""
    load_meeting(session, make.meeting("4102", "2026-03-12", documents=[make.document("old")]))
    facts = make.facts("old", resolutions=[make.resolution(GRANTED)], meeting_date="2026-02-12")
    load_facts(session, make.sha("old"), facts)
    assert session.scalars(select(Resolution.meeting_id)).all() == [None]
    load_meeting(session, make.meeting("4101", "2026-02-12"))
    found = session.scalars(select(Meeting.source_id).join(Resolution, Resolution.meeting_id == Meeting.id)).all()
    assert (found, len(texts(session))) == (["4101"], 1)


def test_minutes_of_a_renamed_committee_are_still_its_own(session, make):
    """Minutes attached to the next meeting bear the old name: they find the meeting, and the committee stays one."""
    load_meeting(session, make.meeting("4101"))
    renamed = make.meeting("4102", "2026-03-12", documents=[make.document("old")])
    renamed["committee"] |= {"name": "Development Committee"}
    load_meeting(session, renamed)
    stated = {"meeting_date": "2026-02-12", "committee": "Planning Committee"}
    load_facts(session, make.sha("old"), make.facts("old", resolutions=[make.resolution(GRANTED)], **stated))
    found = session.scalars(select(Meeting.source_id).join(Resolution, Resolution.meeting_id == Meeting.id)).all()
    assert found == ["4101"]
    load_meeting(session, renamed)
    assert [("Development Committee", ["Planning Committee"])] == [
        (row.name, row.former) for row in session.scalars(select(Committee))
    ]


def test_a_meeting_that_moved_takes_its_facts_along(session, make):
    """It stays the same meeting on another day; its minutes, which state that day, belong to it then."""
    load_meeting(session, make.meeting("4101", documents=[make.document("minutes")]))
    facts = make.facts("minutes", resolutions=[make.resolution(GRANTED)], meeting_date="2026-02-19")
    load_facts(session, make.sha("minutes"), facts)
    assert [None] == list(session.scalars(select(Resolution.meeting_id)))
    load_meeting(session, make.meeting("4101", "2026-02-19", documents=[make.document("minutes")]))
    found = session.execute(
        select(Meeting.source_id, Meeting.date).join(Resolution, Resolution.meeting_id == Meeting.id)
    )
    assert [("4101", date(2026, 2, 19))] == [tuple(row) for row in found]


FEBRUARY, MARCH = date(2026, 2, 12), date(2026, 3, 12)
PLANNING = Sitting(1, FEBRUARY, 10, "Planning Committee")
NEXT_PLANNING = Sitting(2, MARCH, 10, "Planning Committee")
AUDIT = Sitting(3, FEBRUARY, 11, "Audit and Risk Committee")


@pytest.mark.parametrize(
    ("stated", "linking", "that_day", "meeting_id"),
    [
        (Stated("other"), [PLANNING, NEXT_PLANNING], [], 1),
        (Stated("meeting_page", "meeting_page", MARCH), [PLANNING], [NEXT_PLANNING], 1),
        (Stated("other", "minutes", FEBRUARY, "Audit & Risk Committee"), [NEXT_PLANNING], [PLANNING, AUDIT], 3),
        (Stated("other", "minutes", FEBRUARY), [NEXT_PLANNING], [PLANNING, AUDIT], 1),
        (Stated("other", "minutes", FEBRUARY, "Council"), [NEXT_PLANNING], [PLANNING, AUDIT], None),
        (Stated("other", "minutes", MARCH, "A misread name"), [NEXT_PLANNING], [NEXT_PLANNING], 2),
        (Stated("report", "report", FEBRUARY), [PLANNING, NEXT_PLANNING], [AUDIT], 1),
        (Stated("report", "report", date(2025, 1, 1)), [NEXT_PLANNING], [], 2),
    ],
)
def test_which_meeting_a_document_records(stated, linking, that_day, meeting_id):
    """Its own page, the meeting it is minutes of, or the one that links it and that its date does not contradict."""
    assert meeting_id == meeting_of(stated, linking, that_day)


def test_approved_minutes_supersede_the_draft(session, make):
    """What only the draft says goes once minutes that are no draft were read."""
    draft, final = make.document("draft", title="Printed draft minutes"), make.document("final", title="Minutes")
    load_meeting(session, make.meeting(documents=[draft, final]))
    only_draft = make.resolution("That the fence be painted green.")
    load_facts(session, make.sha("draft"), make.facts("draft", resolutions=[only_draft]))
    assert [only_draft["text"]] == texts(session)
    load_facts(session, make.sha("final"), make.facts("final", resolutions=[make.resolution(GRANTED)]))
    assert texts(session) == [GRANTED]


def test_minutes_that_call_themselves_a_draft_are_one(session, make):
    """The link need not say so; what draft and approved minutes both say has the words of both."""
    load_meeting(session, make.meeting(documents=[make.document("one"), make.document("two")]))
    decided = [make.resolution(GRANTED), make.resolution("That the fence be painted green.")]
    load_facts(session, make.sha("one"), make.facts("one", draft=True, resolutions=decided))
    load_facts(session, make.sha("two"), make.facts("two", resolutions=[make.resolution(GRANTED)]))
    assert texts(session) == [GRANTED]
    assert len(session.scalars(select(Evidence)).all()) == 2


@pytest.mark.parametrize(
    ("names", "people"),
    [
        (["quentin webb", "q webb", "webb"], {"quentin webb"}),
        (["quentin webb", "richard webb", "webb"], {"quentin webb", "richard webb", "webb"}),
        (["quentin webb", "r webb"], {"quentin webb", "r webb"}),
        (["jan van der berg", "van der berg"], {"jan van der berg"}),
    ],
)
def test_who_is_who_in_one_meeting(names, people):
    """Initials and bare surnames join the one person they can mean; namesakes stay apart."""
    assert people == set(people_of(names).values())


def test_website_and_papers_stand_side_by_side(session, load, make):
    """One row a person, with both statuses and where they came from; a list left at Expected says nothing."""
    lines = [
        make.line("Councillor Ida Rowe MBE (Chair)", "Apologies", ward="Mill"),
        make.line("Councillor Bo Finn", "Present, as substitute, virtual"),
        make.line("Councillor Una Pym", "Expected"),
    ]
    attendees = [make.attendee("Ida Rowe"), make.attendee("Finn", "inferred")]
    load(make.facts("pdf", attendees=attendees), attendances=lines)
    rows = session.scalars(select(Attendance).order_by(Attendance.position)).all()
    assert [
        (row.name, row.status, row.papers_status, row.website_status, row.website_as_written, row.ward) for row in rows
    ] == [
        ("Ida Rowe", "present", "present", "apologies", "Apologies", "Mill"),
        ("Bo Finn", "substitute", "inferred", "substitute", "Present, as substitute, virtual", None),
    ]


def test_the_web_service_is_the_website_not_a_paper(session, load, make):
    """When the minutes and the web service disagree, both can be seen, and the minutes count."""
    service = make.facts("xml", "meeting_page", attendees=[make.attendee("Ida Rowe")]) | {"media_type": "text/xml"}
    load(service, make.facts("pdf", attendees=[make.attendee("Ida Rowe", "apologies")]))
    (row,) = session.scalars(select(Attendance)).all()
    assert ("apologies", "apologies", "present") == (row.status, row.papers_status, row.website_status)


def test_people_are_kept_apart_by_authority(session, load, make):
    """The same name in two authorities is two people; in two meetings of one, one person."""
    present = [make.line("Ida Rowe", "Present")]
    load(attendances=present)
    load_meeting(session, make.meeting("4102", "2026-03-12", attendances=[make.line("Cllr Ida ROWE", "Present")]))
    load_authority(session, make.AUTHORITY | {"code": "other"})
    load_meeting(session, make.meeting(attendances=present) | {"authority": "other"})
    assert session.scalars(select(Person.name)).all() == ["Ida Rowe", "Ida Rowe"]
    assert len(session.scalars(select(Attendance)).all()) == 3


def test_a_changed_document_gets_new_facts_and_keeps_its_history(session, make):
    """The new version's facts replace the old one's rows; the old version and its reading stay."""
    load_meeting(session, make.meeting(documents=[make.document("s1", "first")]))
    load_facts(session, make.sha("first"), make.facts("first", resolutions=[make.resolution("That A be done.")]))
    changed = make.document("s1", "second", fetched_at="2026-02-27T03:00:00+00:00")
    load_meeting(session, make.meeting(documents=[changed]))
    assert texts(session) == ["That A be done."]  # until the new version is read
    load_facts(session, make.sha("second"), make.facts("second", resolutions=[make.resolution("That B be done.")]))
    assert texts(session) == ["That B be done."]
    versions = session.execute(
        select(DocumentVersion.sha256, DocumentVersion.replaced_at).order_by(DocumentVersion.first_seen)
    )
    assert [(make.sha("first"), "2026-02-27T03:00:00+00:00"), (make.sha("second"), None)] == versions.all()
    assert len(session.scalars(select(Reading)).all()) == 2


def test_a_fact_stays_as_old_as_it_is(session, make):
    """A new version of a page makes only that new which it did not say before."""
    old, new = make.resolution("That A be done."), make.resolution("That B be done.")
    for content, decisions, day in (("first", [old], "2026-02-20"), ("second", [old, new], "2026-02-27")):
        page = make.document("page", content, fetched_at=f"{day}T03:00:00+00:00")
        load_meeting(session, make.meeting(documents=[page]))
        load_facts(session, make.sha(content), make.facts(content, resolutions=decisions))
    found = session.execute(select(Resolution.text, Resolution.found_on)).all()
    assert {("That A be done.", "2026-02-20"), ("That B be done.", "2026-02-27")} == set(found)


def test_a_better_extractor_replaces_the_facts_not_the_reading(session, load, make):
    """Rows are those of the highest extractor version, 0.10 above 0.9; every version's reading is kept."""
    load(make.facts("s1", resolutions=[make.resolution("That A be done.")]) | {"extractor": "0.10.0"})
    load_facts(session, make.sha("s1"), make.facts("s1", resolutions=[]) | {"extractor": "0.9.0"})
    assert texts(session) == ["That A be done."]
    load_facts(session, make.sha("s1"), make.facts("s1", resolutions=[]) | {"extractor": "0.11.0"})
    assert (texts(session), len(session.scalars(select(Reading)).all())) == ([], 3)


def test_what_a_meeting_lists_no_more(session, load, make):
    """A withdrawn document and its facts stay, marked as not listed; a withdrawn agenda item goes."""
    item = {
        "source_id": "1",
        "position": 1,
        "title": "Barn",
        "number": "1.",
        "minute_number": None,
        "restricted": False,
    }
    load(make.facts("s1", resolutions=[make.resolution(GRANTED)]), agenda_items=[item])
    load_meeting(session, make.meeting())
    assert (texts(session), session.scalars(select(Link.listed)).all()) == ([GRANTED], [False])
    assert session.scalars(select(AgendaItem)).all() == []


def test_unread_documents_are_those_this_extractor_has_not_tried(session, make):
    """Neither read nor set aside by this version, not restricted, fetched, and each content once."""
    papers = [make.document(name) for name in ("read", "broken", "fresh")]
    papers += [make.document("copy", "fresh"), make.document("closed", restricted=True)]
    papers += [make.document("missing", sha256=None, fetched_at=None, error="404")]
    load_meeting(session, make.meeting(documents=papers))
    load_facts(session, make.sha("read"), make.facts("read"))
    set_aside(session, make.sha("broken"), "0.1.0", "encrypted", "The PDF is encrypted.")
    (unread,) = unread_documents(session, "0.1.0")
    assert (make.sha("fresh"), "application/pdf", "northmere") == (
        unread.sha256,
        unread.media_type,
        unread.authority_code,
    )
    assert (unread.committee, unread.meeting_date, unread.role) == ("Planning Committee", FEBRUARY, "other")
    assert {make.sha(name) for name in ("read", "broken", "fresh")} == {
        unread.sha256 for unread in unread_documents(session, "0.2.0")
    }


def test_what_can_be_cured_is_read_again(session, make):
    """A warning or a reason under a curable code makes a document unread, until it is read without, or set aside."""
    load_meeting(session, make.meeting(documents=[make.document("scan"), make.document("old"), make.document("good")]))
    warning = {"code": "no_text_layer", "page": 2, "message": "Page 2 is a scan."}
    load_facts(session, make.sha("scan"), make.facts("scan", warnings=[warning]))
    load_facts(session, make.sha("good"), make.facts("good"))
    set_aside(session, make.sha("old"), "0.1.0", "needs_libreoffice", "Install LibreOffice.")
    codes = {"no_text_layer", "needs_libreoffice"}
    assert [] == unread_documents(session, "0.1.0")
    assert [make.sha("old")] == [unread.sha256 for unread in unread_documents(session, "0.1.0", {"needs_libreoffice"})]
    assert {make.sha("scan"), make.sha("old")} == {
        unread.sha256 for unread in unread_documents(session, "0.1.0", codes)
    }
    load_facts(session, make.sha("old"), make.facts("old"))
    set_aside(session, make.sha("scan"), "0.1.0", "too_slow", "It took too long.")
    assert [] == unread_documents(session, "0.1.0", codes)


def test_what_the_archive_holds_is_not_fetched_again(session, make):
    """A crawl may ask for the present bytes of a document, and hand it over unfetched: nothing changes."""
    load_meeting(session, make.meeting(documents=[make.document("s1", "first")]))
    held = [archived(session, "northmere", source_id) for source_id in ("s1", "s2")]
    assert [make.sha("first"), None] == held
    before = everything(session)
    load_meeting(session, make.meeting(documents=[make.document("s1", "first", fetched_at=None)]))
    assert before == everything(session)


def test_a_meeting_is_loaded_in_bulk(session, make):
    """Three hundred items, lines and papers take as many statements as three."""

    def statements(count):
        items = [
            {"source_id": f"{count}-{n}", "position": n, "title": f"Item {n}", "number": None, "minute_number": None}
            | {"restricted": False}
            for n in range(count)
        ]
        lines = [make.line(f"Ida{n} Rowe{n}", "Present") for n in range(count)]
        papers = [make.document(f"{count}-{n}") for n in range(count)]
        changes = {"agenda_items": items, "attendances": lines, "documents": papers}
        seen = []
        bind = session.get_bind()
        event.listen(bind, "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))
        load_meeting(session, make.meeting(f"bulk-{count}", **changes))
        return len(seen)

    assert statements(3) >= statements(300) / 2 > 0
    assert len(session.scalars(select(Document)).all()) == 303


def test_a_meeting_as_it_was_costs_next_to_nothing(session, make):
    """Three look-ups; a word that differs, or a paper that has had other bytes since, is loaded in full."""
    paper = make.document("s1", "first")
    load_meeting(session, make.meeting(documents=[paper]))
    load_meeting(session, make.meeting("4109", "2026-03-12", documents=[make.document("s9")]))
    seen = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *arguments: seen.append(arguments[2]))

    def statements(meeting):
        seen.clear()
        load_meeting(session, meeting)
        return len(seen)

    assert statements(make.meeting(documents=[paper])) <= 3
    assert (
        statements(make.meeting(documents=[paper | dict.fromkeys(("sha256", "size", "media_type", "fetched_at"))])) <= 3
    )
    assert statements(make.meeting(documents=[paper], venue="Annexe")) > 10
    assert statements(make.meeting(documents=[paper], venue="Annexe")) <= 3
    other = make.document("s1", "second", fetched_at="2026-03-20T03:00:00+00:00")
    assert statements(make.meeting("4109", "2026-03-12", documents=[make.document("s9"), other])) > 10
    again = paper | {"fetched_at": "2026-03-21T03:00:00+00:00"}
    assert statements(make.meeting(documents=[again], venue="Annexe")) > 10
    assert [make.sha("first")] == list(
        session.scalars(
            select(DocumentVersion.sha256).where(
                DocumentVersion.replaced_at.is_(None), DocumentVersion.sha256 != make.sha("s9")
            )
        )
    )
    withhold_meeting(session, "northmere", "4101")
    assert statements(make.meeting(documents=[again], venue="Annexe")) > 10


def test_facts_that_cannot_be_clicked_back_are_refused(session, load, make):
    """A quote that is not at its place is an error, and nothing of that document is kept."""
    load()
    facts = make.facts("s1", resolutions=[make.resolution(GRANTED)])
    facts["resolutions"][0]["evidence"][0]["start"] = 3
    with pytest.raises(StoreError, match="page 1, characters 3 to"):
        load_facts(session, make.sha("s1"), facts)
    with pytest.raises(StoreError, match="break the contract"):
        load_facts(session, make.sha("s1"), make.facts("s1") | {"kind": "novel"})
    with pytest.raises(StoreError, match="surrogates not allowed"):
        load_facts(session, make.sha("s1"), make.facts("s1", resolutions=[make.resolution("Half \ud83d a sign.")]))
    assert session.scalars(select(Reading)).all() == []


def test_a_meeting_of_an_unknown_authority_is_refused(session, make):
    """The error names the meeting and the authority, and nothing of it is kept."""
    with pytest.raises(StoreError, match=r"MId=4101 is of 'nowhere'.*Load the authority first"):
        load_meeting(session, make.meeting() | {"authority": "nowhere"})
    assert session.scalars(select(Meeting)).all() == []


LOADER = textwrap.dedent(
    """
    import importlib.util, sys
    spec = importlib.util.spec_from_file_location("builders", sys.argv[1])
    make = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(make)
    with make.open_store(sys.argv[2]) as session:
        make.load_authority(session, make.AUTHORITY)
        for n in range(20):
            papers = [make.document(f"{n}-{k}") for k in range(10)]
            make.load_meeting(session, make.meeting(str(n), documents=papers))
            print(n, flush=True)
            facts = make.facts(f"{n}-0", resolutions=[make.resolution(f"That {n} and {k} be done.") for k in range(20)])
            make.load_facts(session, make.sha(f"{n}-0"), facts)
    """
)


def test_a_load_killed_at_any_point_is_completed_by_the_next(tmp_path, request):
    """kill -9 in the middle leaves whole meetings; loading again gives what an undisturbed load gives."""
    builders = str(request.path.with_name("conftest.py"))
    urls = [f"sqlite:///{tmp_path}/{name}.db" for name in ("killed", "whole")]
    command = [sys.executable, "-c", LOADER, builders]
    for patience in (3, 11):
        with subprocess.Popen([*command, urls[0]], stdout=subprocess.PIPE) as process:
            for _ in range(patience):
                process.stdout.readline()
            os.kill(process.pid, signal.SIGKILL)
        with open_store(urls[0]) as session:
            half = everything(session)
            assert len(half["documents"]) == 10 * len(half["meetings"])
    for url in urls:
        subprocess.run([*command, url], check=True, stdout=subprocess.DEVNULL)
    with open_store(urls[0]) as killed, open_store(urls[1]) as whole:
        assert everything(whole) == everything(killed)


def test_recorded_votes_are_kept_beside_the_minutes(session, make):
    """Sides are counted, words stay; votes that are not known this time stay, and those listed no more go."""
    cast = [
        {"name": "Ida Rowe", "vote": "Aye", "member_id": "7"},
        {"name": "Bo Finn", "vote": "Conflict", "member_id": None},
    ]
    vote = {"title": "Motion", "item": "Budget", "outcome": "Carried", "votes": cast}
    load_meeting(session, make.meeting(recorded_votes=[vote, vote | {"title": "Amendment"}]))
    load_meeting(session, make.meeting())
    load_meeting(session, make.meeting(recorded_votes=None))
    stored = session.scalars(select(RecordedVote).order_by(RecordedVote.position)).all()
    assert [("Motion", 1, 0, 0), ("Amendment", 1, 0, 0)] == [
        (row.title, row.votes_for, row.votes_against, row.votes_abstain) for row in stored
    ]
    assert cast == stored[0].votes
    load_meeting(session, make.meeting(recorded_votes=[vote]))
    assert ["Motion"] == list(session.scalars(select(RecordedVote.title)))
    withhold_meeting(session, "northmere", "4101")
    assert [] == list(session.scalars(select(RecordedVote.title)))


def test_a_delegated_decision_is_kept_once(session):
    """The same again changes nothing, a new status does."""
    known = dict.fromkeys(("published", "decided", "effective", "meeting_id", "lead_officer", "sha256", "purpose"))
    known |= dict.fromkeys(("text", "reasons", "alternatives", "call_in", "key"))
    decision = known | {"authority": "northmere", "source_id": "d1", "title": "Lease", "url": "https://x.example/1"}
    decision |= {"maker": "Head of Property", "status": "For Determination", "decided": date(2026, 6, 2)}
    load_decision(session, decision)
    before = everything(session)
    load_decision(session, decision)
    assert before == everything(session)
    load_decision(session, decision | {"status": "Approved"})
    assert ["Approved"] == list(session.scalars(select(DelegatedDecision.status)))
