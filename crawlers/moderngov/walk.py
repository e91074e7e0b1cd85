"""Following a committee's lists of meetings from page to page, as far as the dates asked for reach and no further."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from minutebook.crawlers.moderngov.lists import ListedMeeting, MeetingList

MOST_PAGES = 200  # of one committee: five a year for forty years
BARREN_PAGES = 3  # a committee without a meeting for so many years in a row had none before


@dataclass
class Walk:
    """One committee's lists. `since` and `until` are inclusive; `year_url` gives the address of a year's list.

    The first page to be taken is the one about today. Links to earlier, later or yearly lists are followed where the
    site offers them; where it offers none, the years are asked for one by one, backwards, unless `year_url` is null.
    """

    since: date
    until: date
    year_url: Callable[[int], str] | None
    seen: set[str] = field(default_factory=set)
    dates: set[date] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    year: int | None = None
    barren: int = 0

    def take(self, page: MeetingList) -> tuple[list[ListedMeeting], list[str]]:
        """The meetings of a page that are new and within the dates, and the addresses to ask for next."""
        fresh = [meeting for meeting in page.meetings if meeting.source_id not in self.seen]
        self.barren = 0 if fresh else self.barren + 1
        following = [url for url in self._following(page) if url not in self.asked]
        following = following[: MOST_PAGES - len(self.asked)]
        self.seen.update(meeting.source_id for meeting in fresh)
        self.dates.update(meeting.date for meeting in page.meetings)
        self.asked.update(following)
        return [meeting for meeting in fresh if self.since <= meeting.date <= self.until], following

    def _following(self, page: MeetingList) -> list[str]:
        dates = [meeting.date for meeting in page.meetings]
        if page.earlier or page.later:
            offered = [page.earlier if self._leads_back(dates) else None, page.later if self._leads_on(dates) else None]
            return [url for url in offered if url]
        if dates and min(dates) < self.since:
            return []
        if page.years:
            return [url for year, url in page.years.items() if self.since.year <= year <= self.until.year]
        return self._year_before(min([*dates, date.today()]).year)

    def _leads_back(self, dates: list[date]) -> bool:
        """Whether earlier pages are wanted: the first page may be empty, after that each must reach further back."""
        return self.since <= min(dates) < min(self.dates, default=date.max) if dates else not self.asked

    def _leads_on(self, dates: list[date]) -> bool:
        """The same for later pages."""
        return max(self.dates, default=date.min) < max(dates) <= self.until if dates else not self.asked

    def _year_before(self, oldest: int) -> list[str]:
        """The address of the year to ask for next: first that of the oldest meeting listed, then the one before."""
        self.year = oldest if self.year is None else self.year - 1
        wanted = self.year >= self.since.year and self.barren <= BARREN_PAGES
        return [self.year_url(self.year)] if self.year_url and wanted else []
