"""Decisions published on their own, those of officers and cabinet members above all: the list, and each one's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from lxml.html import HtmlElement

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Decision
from minutebook.crawlers.moderngov.dates import find_when
from minutebook.crawlers.moderngov.lists import MEETING_PAGES
from minutebook.crawlers.moderngov.markup import labelled, modgov, text_of
from minutebook.crawlers.moderngov.urls import number_in, page_of
from minutebook.crawlers.pages import links, select

# Titles of a page's sections, without colon and in lower case
SECTIONS = {
    "purpose": "purpose",
    "decision": "text",
    "reasons for the decision": "reasons",
    "reason for the decision": "reasons",
    "alternative options considered": "alternatives",
    "other options considered": "alternatives",
}
ANSWERS = {"yes": True, "no": False}


@dataclass
class ListedDecision:
    """A line of the list of decisions. `source_id` is `d13567`, or `ai20554` for that on an agenda item."""

    source_id: str
    title: str
    url: str


def decision_id(url: str) -> str | None:
    """The install's name for the decision of an address: its pages are asked for by two kinds of number."""
    if page_of(url) != "iedecisiondetails.aspx":
        return None
    if number := number_in(url, "id"):
        return f"d{number}"
    number = number_in(url, "aiid")
    return f"ai{number}" if number else None


def read_decision_list(body: bytes, url: str) -> list[ListedDecision]:
    """Read `mgDelegatedDecisions.aspx` in its form of a table, or `mgListOfficerDecisions.aspx`.

    No decision at all is a legitimate answer. Raises `SourceError` if the page is not ModernGov's.
    """
    found: dict[str, ListedDecision] = {}
    for link, target in links(modgov(body, url), url):
        if source_id := decision_id(target):
            found.setdefault(source_id, ListedDecision(source_id, text_of(link), target))
    return list(found.values())


def read_decision(body: bytes, url: str, authority: str, listed: ListedDecision) -> Decision:
    """Read `ieDecisionDetails.aspx`. What the page does not say is null.

    Raises `SourceError` if the page is not ModernGov's, or is no decision's.
    """
    content = modgov(body, url)
    rows = {label: (row, value) for label, row, value in labelled(content)}
    stated = {label: value or None for label, (_, value) in rows.items()}
    if not {"decision maker", "decided at meeting", "decision status"} & set(stated):
        raise SourceError("no_decision", f"{url} states no decision: see it in a browser")
    at_meeting = rows["decided at meeting"][0] if "decided at meeting" in rows else None
    return Decision(
        authority=authority,
        source_id=listed.source_id,
        title=_title(content) or listed.title,
        url=listed.url,
        maker=stated.get("decision maker"),
        status=stated.get("decision status"),
        key=_answer(stated.get("is key decision?")),
        call_in=_answer(stated.get("is subject to call in?")),
        published=_day(stated.get("publication date")),
        decided=_day(stated.get("date of decision")),
        effective=_day(stated.get("effective from")),
        meeting_id=_meeting(at_meeting, url) if at_meeting is not None else None,
        lead_officer=stated.get("lead officer"),
        **_sections(content),
    )


def _title(content: HtmlElement) -> str:
    return next(filter(None, (text_of(title) for title in select(content, "h2.mgSubTitleTxt, h2"))), "")


def _answer(text: str | None) -> bool | None:
    return ANSWERS.get((text or "").lower())


def _day(text: str | None) -> date | None:
    when = find_when(text or "")
    return when.date if when else None


def _meeting(row: HtmlElement, url: str) -> str | None:
    numbers = (number_in(target, "mid") for _, target in links(row, url) if page_of(target) in MEETING_PAGES)
    return next(numbers, None)


def _sections(content: HtmlElement) -> dict[str, str]:
    """The texts under the titles that we know, paragraph by paragraph."""
    found: dict[str, str] = {}
    for title in select(content, ".mgSubSubTitleTxt, .mgSubItemTitleTxt"):
        body = title.getnext()
        name = SECTIONS.get(text_of(title).rstrip(" :").lower())
        if name and body is not None and (text := _paragraphs(body)):
            found[name] = text
    return found


def _paragraphs(body: HtmlElement) -> str:
    """A text from Word: its lines are broken anywhere, its paragraphs are the innermost p and li."""
    blocks = [part for part in body.iter("p", "li") if part.find(".//p") is None] or [body]
    return "\n".join(filter(None, map(text_of, blocks)))
