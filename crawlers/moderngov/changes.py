"""What an install says has been published lately: `mgWhatsNew.aspx`, and the same as RSS."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import unescape
from itertools import islice

from lxml.html import HtmlElement

from minutebook.crawlers.moderngov.dates import find_when
from minutebook.crawlers.moderngov.lists import MEETING_PAGES
from minutebook.crawlers.moderngov.markup import address, modgov, squash, text_of
from minutebook.crawlers.moderngov.urls import number_in, page_of
from minutebook.crawlers.moderngov.xml import parse_xml
from minutebook.crawlers.pages import links

# 03/11/2025 - Minutes published: Meeting of Thursday, 12th February, 2026 6.30 pm, Planning Committee
_LINE = re.compile(r"(?:(\d{2}/\d{2}/\d{4})\s*[-–]\s*)?([^:]{3,40}):\s*(.+)")


_DAY = re.compile(r"\d{2}/\d{2}/\d{4}\s*[-–]")
MOST_LINKS = 3  # in one line


@dataclass
class Change:
    """One publication. `event` is as printed ("Minutes published"); the last three are null if it is of no meeting."""

    published: date | None
    event: str
    subject: str
    url: str
    meeting_id: str | None = None
    committee_id: str | None = None
    meeting_date: date | None = None


def read_whats_new(body: bytes, url: str) -> list[Change]:
    """Read `mgWhatsNew.aspx`. Nothing new is a legitimate answer. Raises `SourceError` if it is no ModernGov page."""
    found: dict[tuple[str, str], Change] = {}
    for link, target in links(modgov(body, url), url):
        if line := _line_of(link):
            change = _change(line[1], line[2], line[3], target)
            found.setdefault((change.event, change.url), change)
    return list(found.values())


def _line_of(link: HtmlElement) -> re.Match[str] | None:
    """The line that a link stands in: the smallest element round it that begins with a date, and holds few links."""
    for element in (link, *link.iterancestors()):
        if len([*islice(element.iter("a"), MOST_LINKS + 1)]) > MOST_LINKS:
            return None
        text = text_of(element)
        line = _LINE.fullmatch(text)
        if line and line[1]:
            return line if len(_DAY.findall(text)) == 1 else None
    return None


def read_feed(body: bytes, url: str) -> list[Change]:
    """Read `mgRss.aspx`. Raises `SourceError` if that is a web page, as it is on some sites, or not whole."""
    found = []
    for item in parse_xml(body, url, "rss").iterfind("channel/item"):
        line = _LINE.fullmatch(squash(unescape(item.findtext("title") or "")))
        target = address(url, item.findtext("link") or "")
        if line and target:
            found.append(_change(item.findtext("pubDate") or "", line[2], line[3], target))
    return found


def _change(published: str, event: str, subject: str, url: str) -> Change:
    day, when = find_when(published), find_when(subject)
    change = Change(day.date if day else None, event.strip(), subject.strip(), url)
    if page_of(url) in MEETING_PAGES:
        change.meeting_id, change.committee_id = number_in(url, "mid"), number_in(url, "cid")
        change.meeting_date = when.date if when else None
    return change
