"""Meetings as a calendar, `/calendar.ics`, of one authority or committee or of all: to subscribe to, or to import.

https://www.rfc-editor.org/rfc/rfc5545
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from datasette import NotFound, Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request
from icalendar import Calendar, Event

from minutebook.crawlers.moderngov.dates import clock_time
from minutebook.models.site import DATABASE
from minutebook.models.spreadsheet import fit

FAR = timedelta(days=3 * 365)
LONDON = ZoneInfo("Europe/London")
MEETINGS = """
select meetings.id, meetings.meeting_date, meetings.time, meetings.venue, meetings.status, meetings.source_url,
    meetings.committee, meetings.authority
from meetings join authorities on authorities.id = meetings.authority_id
where :authority in ('', authorities.code, authorities.name)
    and :committee in ('', meetings.committee, cast(meetings.committee_id as text))
    and meetings.meeting_date >= date('now', '-1 year')
order by meetings.meeting_date desc, meetings.id limit 1000
"""
KNOWN = """
select exists (select 1 from authorities where :authority in ('', code, name))
    and exists (select 1 from committees where :committee in ('', name, cast(id as text)))
"""
# https://www.rfc-editor.org/rfc/rfc5545#section-3.8.1.11
STATUSES = {"cancelled": "CANCELLED", "postponed": "CANCELLED", "provisional": "TENTATIVE", "confirmed": "CONFIRMED"}


async def calendar(datasette: Datasette, request: Request) -> Response:
    """The meetings of the last year and to come, of an `authority` (code or name) or `committee` (name or id)."""
    wanted = {name: request.args.get(name) or "" for name in ("authority", "committee")}
    database = datasette.get_database(DATABASE)
    if not (await database.execute(KNOWN, wanted)).first()[0]:
        raise NotFound("There is no such authority or committee")
    meetings = (await database.execute(MEETINGS, wanted)).rows
    name = ", ".join(["Meetings", *filter(None, (meetings[0][key] for key in wanted if meetings and wanted[key]))])
    links = [
        datasette.absolute_url(request, datasette.urls.row(DATABASE, "meetings", str(row["id"]))) for row in meetings
    ]
    published = datetime.fromtimestamp(Path(database.path).stat().st_mtime, UTC)
    made = await asyncio.to_thread(_calendar, name, meetings, links, published)
    return Response(made, content_type="text/calendar; charset=utf-8")


def _calendar(name: str, meetings: Sequence[Any], links: Sequence[str], published: datetime) -> bytes:
    made = Calendar.new(name=fit(name), prodid="-//Minutebook//Meetings//EN", uid=str(uuid5(NAMESPACE_URL, name)))
    for row, link in zip(meetings, links, strict=True):
        made.add_component(_event(row, link, published))
    made.add_missing_timezones(published.date() - FAR, published.date() + FAR)
    return bytes(made.to_ical())


def _event(row: Any, link: str, published: datetime) -> Event:
    """A meeting; one whose time is not known takes the whole day."""
    day, at = date.fromisoformat(row["meeting_date"]), clock_time(row["time"])
    return Event.new(
        uid=f"meeting-{row['id']}@{urlsplit(link).hostname}",
        summary=fit(f"{row['committee']} ({row['authority']})"),
        start=datetime.combine(day, time.fromisoformat(at), LONDON) if at else day,
        location=fit(row["venue"] or "") or None,
        description=fit("\n".join(["Minutes and decisions: " + link, *filter(None, [row["source_url"]])])),
        status=STATUSES.get(row["status"]),
        stamp=published,
        url=link,
    )


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Add the address."""
    return [(r"^/calendar\.ics$", calendar)]
