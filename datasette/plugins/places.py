"""What the pages of an authority and of a committee tell: its meetings, how complete it is, and figures by year."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request

from minutebook.models.figures import figures
from minutebook.models.site import DATABASE

SHOWN = 8  # meetings, before and after today
OWNERS = {"authorities": "authority_id", "committees": "committee_id"}
PLACE = {
    "authorities": "select id, name, name as authority, id as authority_id, url from authorities where id = :id",
    "committees": "select id, name, authority, authority_id, url from committees where id = :id",
}
MEETINGS = """
select id, committee, meeting_date, status, resolutions, has_minutes from meetings
where {owner} = :id and meeting_date {span} order by meeting_date {order}, id limit :shown
"""
# Counted when the site was published: an authority may have many rows.
OF_AUTHORITY = "select year, value, number from tallies where authority_id = :id and kind = :kind"
OF_COMMITTEE = """
select year, {value}, count(*) from {kind}
where meeting_id in (select id from meetings where committee_id = :id) group by 1, 2
"""
COMPLETENESS = {
    "authorities": """
        select year, meetings, cancelled, with_minutes, minutes_read from completeness where authority_id = :id
        order by year desc""",
    "committees": """
        select year, count(*) as meetings, sum(status = 'cancelled') as cancelled, sum(has_minutes) as with_minutes,
        null as minutes_read from meetings where committee_id = :id group by year order by year desc""",
}
VALUES = {"resolutions": "outcome", "attendances": "status"}
COMMITTEES = "select id, name, meetings, expired from committees where authority_id = :id order by expired, name"


async def place(datasette: Datasette, table: str, key: int) -> dict[str, Any]:
    """All that the page of an authority or a committee shows."""
    database = datasette.get_database(DATABASE)

    async def rows(sql: str, **values: Any) -> list[dict[str, Any]]:
        return [dict(row) for row in (await database.execute(sql, {"id": key, "shown": SHOWN, **values})).rows]

    about = (await rows(PLACE[table]))[0]
    names = {"authority": about["authority"]} | ({"committee": about["name"]} if table == "committees" else {})

    async def counted(kind: str) -> dict[str, Any]:
        sql = OF_AUTHORITY if table == "authorities" else OF_COMMITTEE.format(kind=kind, value=VALUES[kind])
        found = await database.execute(sql, {"id": key, "kind": kind})

        def listed(chosen: Mapping[str, Any]) -> str:
            return datasette.urls.table(DATABASE, kind) + "?" + urlencode({**names, **chosen})

        return figures([tuple(row) for row in found.rows], listed, VALUES[kind])

    owner = OWNERS[table]
    return about | {
        "url": about["url"] if (about["url"] or "").startswith(("http://", "https://")) else None,
        "recent": await rows(MEETINGS.format(owner=owner, span="< date('now')", order="desc")),
        "coming": await rows(MEETINGS.format(owner=owner, span=">= date('now')", order="asc")),
        "completeness": await rows(COMPLETENESS[table]),
        "committees": await rows(COMMITTEES) if table == "authorities" else [],
        "decided": await counted("resolutions"),
        "attended": await counted("attendances"),
        "names": urlencode(names),
    }


@hookimpl
def extra_template_vars(
    view_name: str, table: str | None, request: Request, datasette: Datasette
) -> Callable[[], Awaitable[dict[str, Any]]]:
    """`place`, on the pages of an authority and a committee."""

    async def shown() -> dict[str, Any]:
        if view_name != "row" or table not in PLACE:
            return {}
        return {"place": await place(datasette, table, int(request.url_vars["pks"]))}

    return shown
