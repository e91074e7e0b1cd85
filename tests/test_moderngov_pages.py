"""ModernGov's pages, saved from an invented council whose web service is off: every habit of the real ones."""

from datetime import date
from functools import partial
from pathlib import Path

import pytest

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import (
    AgendaItem,
    Attendance,
    Authority,
    Committee,
    Decision,
    Meeting,
    RecordedVote,
    Vote,
)
from minutebook.crawlers.moderngov.attendance import read_attendance
from minutebook.crawlers.moderngov.changes import read_feed, read_whats_new
from minutebook.crawlers.moderngov.dates import find_when
from minutebook.crawlers.moderngov.decisions import ListedDecision, read_decision, read_decision_list
from minutebook.crawlers.moderngov.lists import ListedMeeting, MeetingList, read_committee_list, read_meeting_list
from minutebook.crawlers.moderngov.meeting_page import meeting_of, read_meeting_page
from minutebook.crawlers.moderngov.urls import meeting_list_url, number_in, page_of, source_id_of
from minutebook.crawlers.moderngov.votes import read_recorded_votes, votes_of
from minutebook.crawlers.moderngov.walk import MOST_PAGES, Walk
from minutebook.fixtures.kesterby import HERE

BASE = "https://democracy.kesterby.example/kesterby/Committees/"
KESTERBY = Authority("kesterby", "Kesterby District Council", "moderngov", BASE)
CONTROL = Committee("kesterby", "650", "Development Control Committee")


def _page(name: str) -> bytes:
    return (Path(HERE) / f"{name}.html").read_bytes()


def _list(name: str) -> MeetingList:
    return read_meeting_list(_page(name), f"{BASE}ieListMeetings.aspx?CId=650&Year=0")


def _meeting(number: str, listed: date = date(2026, 1, 1), name: str = "ieListDocuments") -> Meeting:
    url = f"{BASE}{name}.aspx?CId=650&MId={number}"
    return meeting_of(
        read_meeting_page(_page(f"meeting-{number}"), url), url, CONTROL, ListedMeeting(number, listed), BASE
    )


def test_committees_are_listed_once_under_their_categories() -> None:
    """Each committee once, in whichever language it is linked twice; what is filed as a committee but is none is not."""
    found = read_committee_list(_page("mglistcommittees"), f"{BASE}mgListCommittees.aspx", KESTERBY)
    details = f"{BASE}mgCommitteeDetails.aspx?ID="
    assert [
        Committee("kesterby", "650", "Development Control Committee", "Regulatory & licensing", f"{details}650"),
        Committee("kesterby", "760", "Cabinet - Leader's Decisions", "Executive", f"{details}760"),
    ] == found


def test_old_committees_are_told_by_their_heading() -> None:
    """A committee listed as a former one has expired; the same page lists those that have not."""
    found = read_committee_list(_page("iedochome"), f"{BASE}ieDocHome.aspx", KESTERBY)
    assert [("650", False), ("640", True)] == [(committee.source_id, committee.expired) for committee in found]


def test_a_page_without_committees_is_a_failure() -> None:
    """An install always has committees."""
    with pytest.raises(SourceError, match="Kesterby") as caught:
        read_committee_list(b'<div id="modgov"><a href="mgMemberIndex.aspx">x</a></div>', BASE, KESTERBY)
    assert "no_committees" == caught.value.code


def test_meetings_are_listed_once_with_their_status() -> None:
    """Twins in two languages are one meeting, words after the link are its status, and what has no date is none."""
    page = _list("meetings-650")
    found = [(meeting.source_id, meeting.date, meeting.status_raw) for meeting in page.meetings]
    assert [
        ("9601", date(2026, 7, 14), None),
        ("9603", date(2026, 6, 16), "MOVED"),
        ("9602", date(2026, 6, 9), "CANCELLED"),
    ] == found
    assert f"{BASE}ieListDocuments.aspx?CId=650&MId=9601&Ver=4" == page.meetings[0].url
    assert f"{BASE}ieListMeetings.aspx?ACT=Prev&cid=650&D=2025&MD=ielistmeetings" == page.earlier


def test_an_archived_meeting_is_dated_by_its_link() -> None:
    """Where the text of a link names no year, its address does."""
    archived = _list("meetings-650-2025").meetings[1]
    assert ("9568", date(2012, 7, 19), "celistdocuments.aspx") == (
        archived.source_id,
        archived.date,
        page_of(archived.url),
    )


def test_years_are_found() -> None:
    """Lists by year are known by their year, and the list about today is none of them."""
    assert {2026, 2025} == set(_list("meetings-760").years)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Development Control - Tuesday, 15 September 2020 10.30 am", ("2020-09-15", "10:30")),
        ("Thursday, 16th November, 2017 10.30 am", ("2017-11-16", "10:30")),
        ("Thursday, 26 January 2017 2.00 p.m.", ("2017-01-26", "14:00")),
        ("26 May 2026\u00a06.00 pm", ("2026-05-26", "18:00")),
        ("Dydd Mawrth, 3ydd Mawrth, 2026 6.30 pm", ("2026-03-03", "18:30")),
        ("Mawrth 3 Mawrth 2026", ("2026-03-03", None)),
        ("24th-Nov-2025 09.00", ("2025-11-24", "09:00")),
        ("Panel on the Fire of 2 May 2019 - Monday, 7 June 2021", ("2021-06-07", None)),
        ("19/10/2015 - Policy Committee", ("2015-10-19", None)),
        ("31 February 2026", None),
        ("Constitution 2026", None),
    ],
)
def test_dates_are_read_in_every_style(text: str, expected: tuple[str, str | None] | None) -> None:
    """Ordinals, commas, points, Welsh months: the last date of a text, with its time of day."""
    found = find_when(" ".join(text.split()))
    assert expected == (found and (found.date.isoformat(), found.time))


def test_a_meeting_is_read_from_its_page_alone() -> None:
    """Day, place and status; titles unescaped twice; minute numbers once there are minutes, Word's tables left alone."""
    meeting = _meeting("9601")
    assert (date(2026, 7, 14), "18:00", "Guildhall, Kesterby") == (meeting.date, meeting.time, meeting.venue)
    assert ("confirmed", None) == (meeting.status, meeting.status_raw)
    assert f"{BASE}ieListDocuments.aspx?CId=650&MId=9601&Ver=4" == meeting.url
    assert [
        AgendaItem("70501", 1, "Minutes of the last meeting", None, "12/26"),
        AgendaItem("70502", 2, "Chandler's Wharf (26/00077/FUL)", None, "13/26"),
    ] == meeting.agenda_items


def test_documents_are_found_behind_every_kind_of_link() -> None:
    """Spaces, line breaks and pound signs are encoded, http becomes https, and each belongs to its item."""
    found = [(paper.source_id, paper.role, paper.agenda_item, paper.url) for paper in _meeting("9601").documents]
    papers = f"{BASE}documents/"
    assert [
        ("g9601:T0", "agenda", None, f"{papers}g9601/Agenda%20frontsheet%2014th-Jul-2026%2018.00%20Development%20Control%20Committee.pdf?T=0"),
        ("g9601:T10", "pack", None, f"{papers}g9601/Public%20reports%20pack%2014th-Jul-2026%2018.00%20Development%20Control%20Committee.pdf?T=10&Info=1"),
        ("g9601:T1", "minutes", None, f"{papers}g9601/Printed%20minutes14th-Jul-2026%2018.00%20Development%20Control%20Committee.pdf?T=1"),
        ("s70001", "report", "70501", f"{papers}s70001/Minutes%20,%2009062026%20Development%20Control%20Committee.pdf"),
        ("s70002", "report", "70502", f"{BASE}mgConvert2PDF.ASPX?id=70002&ISATT=1"),
        ("s70003", "report", "70502", f"{papers}s70003/Cost%20of%20works%20%C2%A32m.docx"),
        ("s70004", "report", "70502", f"{papers}s70004/Withdrawn%20plan.pdf"),
        ("s70005", "report", "70502", f"{papers}s70005/Site%20visit%20notes.pdf"),
    ] == found  # fmt: skip


@pytest.mark.parametrize(
    ("number", "day", "time", "status", "raw"),
    [
        ("9602", date(2026, 6, 9), "18:00", "cancelled", "CANCELLED"),
        ("9603", date(2026, 6, 23), "18:30", "other", "moved"),
        ("9590", date(2025, 11, 11), "18:00", "confirmed", None),
    ],
)
def test_a_page_says_when_and_whether(number: str, day: date, time: str, status: str, raw: str | None) -> None:
    """The page's own day counts, where a meeting was moved too; without headings the window's title gives it."""
    meeting = _meeting(number)
    assert (day, time, status, raw) == (meeting.date, meeting.time, meeting.status, meeting.status_raw)


def test_a_column_of_notes_is_no_number() -> None:
    """In a table headed Note, No., Item the clock times are left out; a heading without number is an item without."""
    assert [
        AgendaItem("69001", 1, "Apologies", "C 08/042"),
        AgendaItem("row2", 2, "PART 1 - PUBLIC"),
        AgendaItem("69003", 3, "Mill Lane", "83a"),
    ] == _meeting("9590").agenda_items


def test_an_archived_page_is_read() -> None:
    """An archive has items without numbers of their own and files known by their paths."""
    meeting = _meeting("9568", name="CeListDocuments")
    assert (date(2012, 7, 19), "14:00", "Old Town Hall") == (meeting.date, meeting.time, meeting.venue)
    assert f"{BASE}CeListDocuments.aspx?CId=650&MId=9568" == meeting.url
    assert [
        AgendaItem("row1", 1, "Apologies", "1."),
        AgendaItem("row2", 2, "Chandler's Wharf", "2."),
    ] == meeting.agenda_items
    assert [
        ("data:development%20control/201207191400/agenda/front%20sheet.pdf", "agenda", None),
        ("old:9568:dc190712.pdf", "minutes", None),
        ("old:9568:wharf.htm", "other", "row2"),
    ] == [(paper.source_id, paper.role, paper.agenda_item) for paper in meeting.documents]


def test_another_meetings_page_is_refused() -> None:
    """A site that answers with another meeting is not believed."""
    url = f"{BASE}ieListDocuments.aspx?CId=650&MId=9602"
    with pytest.raises(SourceError) as caught:
        meeting_of(
            read_meeting_page(_page("meeting-9602"), url), url, CONTROL, ListedMeeting("9601", date.today()), BASE
        )
    assert "other_meeting" == caught.value.code


def test_attendance_is_read_as_printed() -> None:
    """Columns by their headings; officers and guests have no number; other tables on the page are not it."""
    assert [
        Attendance("Councillor Odile Frane", "Chair", "Present, virtual", "Ind", member_id="158"),
        Attendance("Councillor Jarvis Teale", "Committee Member", "Expected", member_id="159"),
        Attendance("Mx Perran O'Hoole", "Officer", "In attendance"),
    ] == read_attendance(_page("attendance-9601"), f"{BASE}mgMeetingAttendance.aspx?ID=9601")


@pytest.mark.parametrize("read", [read_attendance, read_meeting_list, read_meeting_page])
@pytest.mark.parametrize(
    ("body", "url", "code"),
    [
        (b"<html><body>Access denied</body></html>", f"{BASE}x.aspx", "not_moderngov"),
        (b'<div id="modgov">Sorry</div>', f"{BASE}mgError.aspx?e=1", "error_page"),
    ],
)
def test_a_soft_error_is_an_error(read: object, body: bytes, url: str, code: str) -> None:
    """No reader takes a block page or the error page for an empty one."""
    with pytest.raises(SourceError) as caught:
        read(body, url)  # type: ignore[operator]
    assert code == caught.value.code


def test_addresses_are_read_in_any_case() -> None:
    """Page names, parameters and aliases: one meaning, many spellings."""
    assert "9603" == number_in(f"{BASE}IELISTDOCUMENTS.ASPX?CID=650&MEETINGID=9603", "mid")
    assert "s70002" == source_id_of(f"{BASE}MGCONVERT2PDF.aspx?Id=70002")
    assert number_in(f"{BASE}mgCommitteeDetails.aspx?ID=all", "id") is None


def _walk(since: date, until: date = date(2026, 12, 31), by_year: bool = True) -> Walk:
    return Walk(since, until, partial(meeting_list_url, BASE, "650") if by_year else None)


def _page_of(*days: date, **others: object) -> MeetingList:
    return MeetingList([ListedMeeting(day.isoformat(), day) for day in days], **others)  # type: ignore[arg-type]


def test_a_walk_goes_back_as_far_as_the_dates() -> None:
    """Earlier pages are asked for until one reaches beyond the first date; meetings outside the dates are left."""
    walk = _walk(date(2026, 2, 1))
    days = [date(2026, 3, 1), date(2026, 5, 1)]
    listed, following = walk.take(_page_of(*days, date(2027, 1, 5), earlier="a"))
    assert (days, ["a"]) == ([meeting.date for meeting in listed], following)
    listed, following = walk.take(_page_of(date(2026, 2, 1), date(2026, 1, 31), earlier="b"))
    assert ([date(2026, 2, 1)], []) == ([meeting.date for meeting in listed], following)


def test_an_empty_first_page_leads_on_and_a_barren_one_does_not() -> None:
    """A committee that has not met lately has an empty page; after that only new meetings lead on."""
    walk = _walk(date(2020, 1, 1))
    assert ["a"] == walk.take(_page_of(earlier="a"))[1]
    assert [] == walk.take(_page_of(earlier="b"))[1]


def test_a_walk_does_not_turn_round() -> None:
    """The link back to later meetings that a page of earlier ones has is not followed, nor one that leads nowhere."""
    walk = _walk(date(2020, 1, 1))
    assert ["a", "z"] == walk.take(_page_of(date(2026, 4, 1), earlier="a", later="z"))[1]
    assert ["b"] == walk.take(_page_of(date(2025, 4, 1), earlier="b", later="y"))[1]
    assert [] == walk.take(_page_of(date(2025, 4, 1), earlier="c", later="y"))[1]


def test_a_list_without_end_is_left() -> None:
    """However many pages a site invents, no more than so many are asked for."""
    walk, asked, day = _walk(date(1990, 1, 1)), 0, date(2026, 1, 1).toordinal()
    following = ["0"]
    while following:
        asked += 1
        following = walk.take(_page_of(date.fromordinal(day - asked), earlier=str(asked)))[1]
    assert MOST_PAGES + 1 == asked


def test_linked_years_are_asked_for_once() -> None:
    """The years that a page links and the dates reach, each once, though every page links them all."""
    walk = _walk(date(2025, 6, 1))
    years = {2024: "y24", 2025: "y25", 2026: "y26"}
    assert ["y25", "y26"] == walk.take(_page_of(date(2026, 4, 1), years=years))[1]
    assert [] == walk.take(_page_of(date(2025, 7, 1), years=years))[1]


def test_years_that_are_not_linked_are_asked_for_backwards() -> None:
    """From the oldest meeting's year back to the first date's, or until three years in a row had no meeting."""
    walk = _walk(date(2010, 1, 1))
    asked = [walk.take(_page_of(date(2026, 4, 1)))[1]]
    asked += [walk.take(_page_of())[1] for _ in range(4)]
    assert [["2026"], ["2025"], ["2024"], ["2023"], []] == [[url[-4:] for url in urls] for urls in asked]
    assert [] == _walk(date(2010, 1, 1), by_year=False).take(_page_of())[1]


def test_recorded_votes_are_read_as_printed() -> None:
    """Each meeting's votes with title, item, outcome and every member's word; a cell that is closed late counts once."""
    [control, cabinet] = read_recorded_votes(_page("mglistrecordedvotes"), f"{BASE}mgListRecordedVotes.aspx")
    wharf = "Chandler's Wharf (26/00077/FUL)"
    assert [
        RecordedVote(
            "Amendment: a smaller wharf",
            wharf,
            "Rejected",
            [Vote("Councillor Odile Frane", "Against", "158"), Vote("Councillor Jarvis Teale", "For", "159")],
        ),
        RecordedVote(
            "Motion",
            wharf,
            "Carried",
            [
                Vote("Councillor Odile Frane", "For", "158"),
                Vote("Councillor Jarvis Teale", "Abstain", "159"),
                Vote("Councillor Wim Oxley", "Conflict Of Interests"),
            ],
        ),
    ] == control.votes
    assert ("7701", ["Rents"]) == (cabinet.meeting_id, [vote.title for vote in cabinet.votes])


@pytest.mark.parametrize(
    ("number", "committee", "day", "time", "count"),
    [
        ("9601", "Development Control Committee", date(2026, 7, 14), "18:00", 2),
        ("9601", "development control committee", date(2026, 7, 14), None, 2),
        ("9601", "Development Control Committee", date(2026, 7, 14), "10:00", 0),
        ("9601", "Development Control Committee", date(2026, 7, 15), "18:00", 0),
        ("9601", "Cabinet", date(2026, 7, 14), "18:00", 0),
        ("7701", "Cabinet", date(2026, 4, 16), "10:30", 1),
    ],
)
def test_votes_find_their_meeting(number: str, committee: str, day: date, time: str | None, count: int) -> None:
    """By the meeting's number where the heading links it, else by committee, day and time."""
    listed = read_recorded_votes(_page("mglistrecordedvotes"), f"{BASE}mgListRecordedVotes.aspx")
    meeting = Meeting("kesterby", Committee("kesterby", "1", committee), number, BASE, day, time)
    assert count == len(votes_of(meeting, listed))


def test_decisions_are_listed_by_both_kinds_of_number() -> None:
    """The list links decisions by their own number or an agenda item's, and issues that are no decisions."""
    listed = read_decision_list(_page("mgdelegateddecisions"), f"{BASE}mgDelegatedDecisions.aspx")
    expected = [("d5501", "Lease of Chandler's Wharf"), ("ai70502", "Chandler's Wharf")]
    assert expected == [(decision.source_id, decision.title) for decision in listed]


def test_a_decision_is_read_from_its_page() -> None:
    """Who decided what and when, and the texts paragraph by paragraph; a section without text is null."""
    url = f"{BASE}ieDecisionDetails.aspx?ID=5501"
    assert Decision(
        "kesterby",
        "d5501",
        "Lease of Chandler's Wharf",
        url,
        maker="Head of Property",
        status="Recommendations Approved",
        key=False,
        call_in=True,
        published=date(2026, 6, 3),
        decided=date(2026, 6, 2),
        effective=date(2026, 6, 10),
        lead_officer="Mx Perran O'Hoole",
        purpose="To let the wharf.",
        text="That the wharf be let from the 21st of June.\nFor ten years\nAt a fair rent",
        reasons="It stood empty.",
    ) == read_decision(_page("decision-5501"), url, "kesterby", ListedDecision("d5501", "Lease", url))


def test_a_decision_of_a_meeting_names_it() -> None:
    """A maker may appear only as the meeting that decided."""
    url = f"{BASE}ieDecisionDetails.aspx?AIId=70502"
    decision = read_decision(_page("decision-ai70502"), url, "kesterby", ListedDecision("ai70502", "Wharf", url))
    assert ("9601", None, date(2026, 7, 14)) == (decision.meeting_id, decision.maker, decision.decided)
    with pytest.raises(SourceError, match="states no decision"):
        read_decision(_page("meeting-9602"), url, "kesterby", ListedDecision("ai70502", "Wharf", url))


NEWS = """<div id="modgov"><p>03&#47;11&#47;2025 - Minutes published&#58; <a href="ieListDocuments.aspx?CId=650&amp;MId=9590">Meeting of
Tuesday, 11th November, 2025 6.00 pm, Development Control Committee</a></p><table><tr><td>04/11/2025 - Decision published:
<a href="ieDecisionDetails.aspx?ID=5501">Chandler&amp;#39;s Wharf: lease</a></td></tr></table><a href="mgRss.aspx">RSS</a></div>"""

FEED = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>New</title>
<item><title><![CDATA[Agenda published: Meeting of Monday 12th October 2026 7.00 p.m., Cabinet &#8211; Leader]]></title>
<link>http://democracy.kesterby.example/kesterby/Committees/ieListDocuments.aspx?CId=760&amp;MId=7711&amp;Ver=4</link>
<pubDate>Fri, 02 Oct 2026 09:00:00 GMT</pubDate></item><item><title>Notice</title><link>javascript:x()</link></item>
<item><title>Issue Published: Wharf lease</title><link>mgIssueHistoryHome.aspx?IId=4410</link><pubDate>soon</pubDate></item>
</channel></rss>"""


def test_what_is_new_is_read() -> None:
    """Day, event, subject and meeting of each line that links what was published."""
    [minutes, decision] = read_whats_new(NEWS.encode(), f"{BASE}mgWhatsNew.aspx")
    expected = (date(2025, 11, 3), "Minutes published", "9590", "650", date(2025, 11, 11))
    assert expected == (
        minutes.published,
        minutes.event,
        minutes.meeting_id,
        minutes.committee_id,
        minutes.meeting_date,
    )
    assert ("Chandler's Wharf: lease", None) == (decision.subject, decision.meeting_id)


def test_a_feed_is_read() -> None:
    """The same from RSS, with CDATA and http links; what is no publication is left out."""
    [agenda, issue] = read_feed(FEED.encode(), f"{BASE}mgRss.aspx?XXR=0")
    expected = (date(2026, 10, 2), "Agenda published", "7711", date(2026, 10, 12))
    assert expected == (agenda.published, agenda.event, agenda.meeting_id, agenda.meeting_date)
    assert f"{BASE}ieListDocuments.aspx?CId=760&MId=7711&Ver=4" == agenda.url
    assert ("Issue Published", None, None) == (issue.event, issue.published, issue.meeting_id)


@pytest.mark.parametrize(
    "body", [b"<html><body><p>RSS</p></body></html>", b"<!DOCTYPE html><p>RSS<br>", FEED.encode()[:300], b""]
)
def test_a_feed_that_is_a_page_is_an_error(body: bytes) -> None:
    """On some sites the feed's address answers with a web page, of status 200."""
    with pytest.raises(SourceError, match="mgRss"):
        read_feed(body, f"{BASE}mgRss.aspx?bcr=1")
