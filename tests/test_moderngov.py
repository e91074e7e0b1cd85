"""ModernGov's XML and pages, read from bytes: invented ones with every habit of the real thing."""

from datetime import date

import pytest

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import AgendaItem, Attendance, Authority, Committee, Document
from minutebook.crawlers.moderngov.lists import ListedMeeting
from minutebook.crawlers.moderngov.meeting_page import add_page, read_meeting_page
from minutebook.crawlers.moderngov.service import read_committees, read_meeting, read_meetings
from minutebook.crawlers.moderngov.urls import meetings_url, source_id_of
from minutebook.crawlers.pages import resolve

BASE = "https://democracy.northmere.example/moderngov"
SERVICE = f"{BASE}/mgWebService.asmx"
PAGE = f"{BASE}/ieListDocuments.aspx?CId=12&MId=345&Ver=4"
NORTHMERE = Authority("northmere", "Northmere District Council", "moderngov", BASE)
PLANNING = Committee("northmere", "12", "Planning Committee")

COMMITTEES = b"""<?xml version="1.0" encoding="utf-8"?>
<committees><committeescount> 3</committeescount>
 <committee><committeeid>12</committeeid><committeetitle>Planning &amp;amp; Licensing</committeetitle>
  <committeedeleted>False</committeedeleted><committeeexpired>False</committeeexpired><committeecategory>
  </committeecategory></committee>
 <committee><committeeid>13</committeeid><committeetitle>Harbour Board</committeetitle>
  <committeedeleted>False</committeedeleted><committeeexpired>True</committeeexpired>
  <committeecategory>Regulatory</committeecategory></committee>
 <committee><committeeid>14</committeeid><committeetitle>Dog Panel</committeetitle>
  <committeedeleted>True</committeedeleted><committeeexpired>False</committeeexpired></committee>
</committees>"""

MEETINGS = b"""<getmeetings><meetingscount> 1</meetingscount><committeescount> 1</committeescount><committee>
 <committeeid>12</committeeid><committeetitle>Planning</committeetitle><committeemeetingcount> 1</committeemeetingcount>
 <committeemeetings><meeting><meetingid>345</meetingid><meetingdate>12/02/2026</meetingdate>
 <meetingstatus>Confirmed</meetingstatus><meetingtime>6.30 pm</meetingtime></meeting></committeemeetings>
</committee></getmeetings>"""

MEETING = """<meeting><meetingid>345</meetingid><meetingdate>12/02/2026</meetingdate>
 <meetingstatus>{status}</meetingstatus><isdisplayallowed>{shown}</isdisplayallowed><meetingtime>{time}</meetingtime>
 <meetinglocation>
 </meetinglocation>
 <agendaitems>
  <agendaitem><agendaitemid>901</agendaitemid><agendaitemtitle>Chairman&amp;#39;s   report</agendaitemtitle>
   <fulldisplaynumberformat>1.</fulldisplaynumberformat><isrestricted>False</isrestricted>
   <isdisplayallowed>True</isdisplayallowed><minutesitemnumber>47</minutesitemnumber>
   <linkeddocuments>
    <linkeddoc><attachmentid>30111</attachmentid><title>Mill Lane</title><isurl>False</isurl>
     <url>http://democracy.northmere.example/moderngov/mgConvert2PDF.aspx?ID=30111</url>
     <isrestricted>False</isrestricted></linkeddoc>
    <linkeddoc><attachmentid>30112</attachmentid><title>Costs</title><isurl>False</isurl>
     <url>javascript:void(0)</url><isrestricted>True</isrestricted></linkeddoc>
    <linkeddoc><attachmentid>30113</attachmentid><title>Video</title><isurl>True</isurl>
     <url>https://video.example/1</url><isrestricted>False</isrestricted></linkeddoc>
   </linkeddocuments></agendaitem>
  <agendaitem><agendaitemid>902</agendaitemid><agendaitemtitle>Land sale</agendaitemtitle>
   <fulldisplaynumberformat>
   </fulldisplaynumberformat><isrestricted>True</isrestricted><minutesitemnumber>0</minutesitemnumber>
   <linkeddocuments><linkeddoc><attachmentid>30114</attachmentid><title>Valuation</title><isurl>False</isurl>
     <url>mgConvert2PDF.aspx?ID=30114</url><isrestricted>False</isrestricted></linkeddoc></linkeddocuments></agendaitem>
 </agendaitems>
 <attendees><attendee membertype="U" memberid="7" name="Councillor Basil Wren" roledescription="Chair"
   attendance="Present, virtual" politicalparty="Ind" ward="" representing=" "><url>
   </url></attendee></attendees></meeting>"""

ROWS = """<div id="modgov"><div class="mgLinks"><ul class="mgActionList">
<li><a href="documents/g345/Printed minutes\r\n12th-Feb-2026 18.30 Planning &pound;1.pdf?T=1" title="Link&#32;to">
 Printed minutes <span  class="mgFileSize" > PDF 97 KB</span></a></li>
<li><a href="Documents/G345/Public reports pack.pdf?Info=1&amp;t=10">Agenda reports pack</a></li>
<li><a href="http://democracy.northmere.example/moderngov/documents/g345/Decisions.pdf?T=2">Printed decisions</a></li>
<li><a href="documents/b812/Supplement.pdf?T=9">Supplement</a></li>
<li><a href="mgMeetingAttendance.aspx?ID=345">Attendance details</a></li><li><a href="http://[broken">Map</a></li></ul></div>
<div class="mgContent"><p><span  class="mgLabel" >Venue: </span>Council Chamber&#44; Northmere. <a href="x">View
directions</a></p><table id="mgItemTable"><tr><th>No.</th><th>Item</th></tr>
<tr><td><a name="AI901"></a><p>1.</p></td><td><p><a class="mgAiTitleLnk" href="documents/s30111/Mill Lane.pdf">Mill
 Lane &#40;25&#47;00412&#41; <span class="mgFileSize">PDF 896 KB</span></a></p>
 <a href="documents/s30111/Mill Lane.pdf"><img alt="pdf icon"></a>
 <a href="documents/s30115/Plan.docx">Site plan<span class="mgHide"> ref: 7</span></a></td></tr>
<tr><td><a name="AI902"></a></td><td><a href="documents/s30116/Terms.pdf">Terms</a></td></tr></table></div></div>"""


def _meeting(status: str = "Confirmed", shown: str = "True", time: str = "6.30 pm") -> bytes:
    return MEETING.format(status=status, shown=shown, time=time).encode()


def _page(rows: str = ROWS) -> bytes:
    return f"<html><body><nav><a href='documents/s1/nav.pdf'>Nav</a></nav>{rows}</body></html>".encode()


def test_committees_are_read_and_deleted_ones_left_out() -> None:
    """Titles are unescaped twice, blanks are null, expired committees stay and deleted ones go."""
    expected = [
        Committee("northmere", "12", "Planning & Licensing", None, f"{BASE}/mgCommitteeDetails.aspx?ID=12"),
        Committee("northmere", "13", "Harbour Board", "Regulatory", f"{BASE}/mgCommitteeDetails.aspx?ID=13", True),
    ]
    assert expected == read_committees(COMMITTEES, f"{SERVICE}/GetCommittees", NORTHMERE)


def test_no_committee_is_a_failure_and_no_meeting_is_not() -> None:
    """An install always has committees; a committee may well have no meetings."""
    with pytest.raises(SourceError, match="Northmere District Council") as caught:
        read_committees(b"<committees><committeescount> 0</committeescount></committees>", SERVICE, NORTHMERE)
    assert "no_committees" == caught.value.code
    assert [] == read_meetings(b"<getmeetings><meetingscount> 0</meetingscount></getmeetings>", SERVICE)


def test_a_single_meeting_is_listed() -> None:
    """One child is read as a list of one, its date as day, month, year."""
    assert [ListedMeeting("345", date(2026, 2, 12))] == read_meetings(MEETINGS, SERVICE)


def test_a_meeting_is_read_with_its_items_and_attendance() -> None:
    """Everything the service states is kept, blanks as null, the time in 24 hours, the raw status beside ours."""
    meeting = read_meeting(_meeting(), SERVICE, PLANNING, BASE)
    assert ("northmere", "345", PAGE) == (meeting.authority, meeting.source_id, meeting.url)
    assert (date(2026, 2, 12), "18:30", None) == (meeting.date, meeting.time, meeting.venue)
    assert ("confirmed", "Confirmed") == (meeting.status, meeting.status_raw)
    assert [
        AgendaItem("901", 1, "Chairman's report", "1.", "47"),
        AgendaItem("902", 2, "Land sale", None, None, restricted=True),
    ] == meeting.agenda_items
    assert [
        Attendance("Councillor Basil Wren", "Chair", "Present, virtual", "Ind", None, None, "7")
    ] == meeting.attendances


def test_linked_documents_keep_their_number_and_their_restriction() -> None:
    """Restriction comes from the document or its item; same-host links become https; other websites are left out."""
    documents = read_meeting(_meeting(), SERVICE, PLANNING, BASE).documents
    convert = f"{BASE}/mgConvert2PDF.aspx?ID="
    assert [
        Document("s30111", "Mill Lane", convert + "30111", "report", "901"),
        Document("s30112", "Costs", convert + "30112", "report", "901", restricted=True),
        Document("s30114", "Valuation", convert + "30114", "report", "902", restricted=True),
    ] == documents


@pytest.mark.parametrize(
    ("raw", "expected"),
    [("Cancelled", "cancelled"), ("POSTPONED", "postponed"), ("Provisional", "provisional"), ("Moved", "other")],
)
def test_a_status_keeps_its_raw_word(raw: str, expected: str) -> None:
    """Known words are mapped in any case, others become "other", and the word itself stays."""
    meeting = read_meeting(_meeting(status=raw), SERVICE, PLANNING, BASE)
    assert (expected, raw) == (meeting.status, meeting.status_raw)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("10.00 am", "10:00"),
        ("12.00 pm", "12:00"),
        ("12.15 am", "00:15"),
        ("2.00 p.m.", "14:00"),
        ("18:30", "18:30"),
        ("On the rising of Council", None),
        ("27.90", None),
    ],
)
def test_times_become_24_hours(printed: str, expected: str | None) -> None:
    """A printed time of day is read, anything else is null."""
    assert expected == read_meeting(_meeting(time=printed), SERVICE, PLANNING, BASE).time


def test_a_meeting_not_on_display_is_none() -> None:
    """What the council does not display we do not take."""
    assert read_meeting(_meeting(shown="False"), SERVICE, PLANNING, BASE) is None


def test_the_page_gives_documents_by_their_numbers() -> None:
    """Links inside #modgov alone, one a document, hidden spans gone, roles by T, items by their anchors."""
    documents = f"{BASE}/documents"
    expected = [
        Document(
            "g345:T1",
            "Printed minutes",
            f"{documents}/g345/Printed%20minutes12th-Feb-2026%2018.30%20Planning%20%C2%A31.pdf?T=1",
            "minutes",
        ),
        Document(
            "g345:T10", "Agenda reports pack", f"{BASE}/Documents/G345/Public%20reports%20pack.pdf?Info=1&t=10", "pack"
        ),
        Document("g345:T2", "Printed decisions", f"{documents}/g345/Decisions.pdf?T=2", "decisions"),
        Document("b812", "Supplement", f"{documents}/b812/Supplement.pdf?T=9"),
        Document("s30111", "Mill Lane (25/00412)", f"{documents}/s30111/Mill%20Lane.pdf", "report", "901"),
        Document("s30115", "Site plan", f"{documents}/s30115/Plan.docx", "report", "901"),
        Document("s30116", "Terms", f"{documents}/s30116/Terms.pdf", "report", "902"),
    ]
    page = read_meeting_page(_page(), PAGE)
    assert expected == page.documents
    assert "Council Chamber, Northmere" == page.venue


def test_the_page_completes_the_meeting() -> None:
    """Service and page name one document once, by the page's address; a restricted item restricts its links there."""
    meeting = read_meeting(_meeting(), SERVICE, PLANNING, BASE)
    add_page(meeting, read_meeting_page(_page(), PAGE))
    numbers = [document.source_id for document in meeting.documents]
    assert ["s30111", "s30112", "s30114", "g345:T1", "g345:T10", "g345:T2", "b812", "s30115", "s30116"] == numbers
    assert f"{BASE}/documents/s30111/Mill%20Lane.pdf" == meeting.documents[0].url
    restricted = [document.source_id for document in meeting.documents if document.restricted]
    assert ["s30112", "s30114", "s30116"] == restricted
    assert "Council Chamber, Northmere" == meeting.venue


def test_an_old_page_without_a_charset_is_read() -> None:
    """A page that names no encoding and is not UTF-8 is windows-1252."""
    rows = '<div id="modgov"><a href="documents/g345/x.pdf">Printed draft minutes – 12 February</a></div>'
    [document] = read_meeting_page(rows.encode("cp1252"), PAGE).documents
    assert ("Printed draft minutes – 12 February", "minutes") == (document.title, document.role)


@pytest.mark.parametrize(
    ("body", "url", "code"),
    [
        (b"<html><body>Access denied</body></html>", PAGE, "not_moderngov"),
        (b"", PAGE, "empty"),
        (b"\x00\x01\x02", PAGE, "not_moderngov"),
        (_page(), f"{BASE}/MGERROR.aspx?x=1", "error_page"),
    ],
)
def test_a_page_that_is_not_one_says_so(body: bytes, url: str, code: str) -> None:
    """A block page, an empty page and the error page are errors that name the address."""
    with pytest.raises(SourceError) as caught:
        read_meeting_page(body, url)
    assert code == caught.value.code
    assert url in caught.value.message


EXPANSION = b"""<!DOCTYPE meeting [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/hostname">]>
<meeting><meetingid>345</meetingid><meetingdate>12/02/2026</meetingdate><meetinglocation>&b;&c;</meetinglocation></meeting>"""


@pytest.mark.parametrize(
    ("body", "url", "code"),
    [
        (_meeting()[:400], SERVICE, "not_xml"),
        (b"", SERVICE, "not_xml"),
        (b"<html><body><p>Blocked<br></body></html>", SERVICE, "not_xml"),
        (b"<html><body><p>Blocked</p></body></html>", SERVICE, "unexpected_xml"),
        (EXPANSION, SERVICE, "xml_doctype"),
        (_meeting().replace(b"12/02/2026", b"2026-02-12"), SERVICE, "bad_date"),
        (_meeting(), f"{BASE}/mgError.aspx", "error_page"),
        (_meeting().replace(b"<meetingid>345", b"<meetingid>"), SERVICE, "incomplete_item"),
    ],
)
def test_an_answer_that_is_no_meeting_says_so(body: bytes, url: str, code: str) -> None:
    """Truncated XML, HTML, entities, a strange date and the error page are told apart."""
    with pytest.raises(SourceError) as caught:
        read_meeting(body, url, PLANNING, BASE)
    assert code == caught.value.code


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("documents/s30111/Any name.pdf", "s30111"),
        ("DOCUMENTS/S30111", "s30111"),
        ("mgConvert2PDF.aspx?ID=30111&ISATT=1", "s30111"),
        ("MGConvert2pdf.aspx?id=30111", "s30111"),
        ("mgConvert2PDF.aspx?ID=345&T=10", "g345:T10"),
        ("documents/g345/x.pdf?t=1", "g345:T1"),
        ("mgConvert2PDF.aspx?ID=345%27--", None),
        ("mgUserInfo.aspx?UID=7", None),
        ("ieListDocuments.aspx?CId=12&MId=345", None),
    ],
)
def test_a_document_is_known_by_its_number(address: str, expected: str | None) -> None:
    """Case, file name and alias of an address change nothing."""
    assert expected == source_id_of(f"{BASE}/{address}")


def test_links_are_joined_to_the_folder_and_kept_on_https() -> None:
    """The path prefix stays, http links to the same host become https, other hosts stay as they are."""
    assert f"{BASE}/documents/s1/a%20b%C2%A3%20c%25.pdf?T=1" == resolve(PAGE, " documents/s1/a b£%20c%25.pdf?T=1#AI1\n")
    assert f"{BASE}/x.pdf" == resolve(PAGE, "http://democracy.northmere.example/moderngov/x.pdf")
    assert "http://elsewhere.example/x.pdf" == resolve(PAGE, "http://elsewhere.example/x.pdf")


def test_dates_are_sent_as_day_month_year() -> None:
    """The service ignores ISO dates, so none is ever sent, with or without a slash after the base address."""
    expected = f"{SERVICE}/GetMeetings?lCommitteeId=12&sFromDate=01%2F02%2F2026&sToDate=28%2F02%2F2026"
    assert expected == meetings_url(BASE, "12", date(2026, 2, 1), date(2026, 2, 28))
    assert expected == meetings_url(BASE + "/", "12", date(2026, 2, 1), date(2026, 2, 28))


def test_a_paper_that_one_item_restricts_is_restricted() -> None:
    """Of two items that share a paper the stricter holds, whichever comes last."""
    paper = "<linkeddoc><attachmentid>7</attachmentid><title>Lease</title><url>http://a.example/x</url><isrestricted>{}</isrestricted></linkeddoc>"
    items = "".join(
        f"<agendaitem><agendaitemid>{n}</agendaitemid><agendaitemtitle>T</agendaitemtitle><linkeddocuments>{paper.format(flag)}</linkeddocuments></agendaitem>"
        for n, flag in enumerate(("True", "False"), 1)
    )
    xml = f"<meeting><meetingid>1</meetingid><meetingdate>04/05/2026</meetingdate><agendaitems>{items}</agendaitems></meeting>"
    meeting = read_meeting(xml.encode(), "http://a.example/m", Committee("NMR", "1", "Panel"), "http://a.example/")
    assert meeting is not None
    assert [True] == [document.restricted for document in meeting.documents]
