"""Sources and health, `/health`: the last runs, what looks broken, what is missing, and what was kept back."""

import json
from typing import Any

from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request

from minutebook.models.site import DATABASE

SHOWN = 20  # rows of each list; what is left out is one click away
WEEKS = 5  # after which minutes count as missing: most are out before the next meeting

MISSING = f"""
meetings where has_minutes = 0 and status not in ('cancelled', 'postponed')
    and meeting_date < date('now', '-{7 * WEEKS} days')
"""
PARTS = {
    "runs": "select * from runs order by id desc limit :shown",
    "troubles": "select message, committee, authority, authority_id, since from troubles order by authority limit 500",
    "missing": f"""
        select id, committee, meeting_date, authority from {MISSING}
        order by meeting_date desc, id limit :shown""",  # noqa: S608
    "missing_by_authority": f"""
        select authority, authority_id, count(*) as number, min(meeting_date) as first, max(meeting_date) as last
        from {MISSING} group by authority_id order by number desc, authority limit 500""",  # noqa: S608
    "before": f"select date('now', '-{7 * WEEKS} days') as day",
    "years": "select distinct year from completeness order by year desc limit 6",
    "completeness": """
        select authority, authority_id, year, meetings - cancelled as meetings, with_minutes, minutes_read
        from completeness where year in (select distinct year from completeness order by year desc limit 6)
        order by authority, year desc""",
    "gaps": "select * from gaps order by meeting_date desc, id limit :shown",
    "reasons": """
        select reason, count(*) as papers, sum(pages) as pages from gaps
        group by reason order by papers desc, reason""",
    "kept_back": """
        select kind, sum(number) as number, sum(kept_back) as kept_back from tallies group by kind order by kind""",
}
# What the numbers of a run are called; the others are for those who run it.
COUNTS = {
    "meetings_loaded": "meetings",
    "documents_fetched": "papers fetched",
    "documents_failed": "papers that could not be fetched",
    "documents": "papers",
    "set_aside": "set aside",
    "meetings": "meetings",
    "minutes": "with minutes",
    "resolutions": "decisions",
    "recommendations": "recommendations",
    "actions": "actions",
}


def told(counts: str | None) -> str:
    """The numbers of a run in words.

    >>> told('{"documents": 1200, "set_aside": 1, "requests": 7}')
    '1,200 papers, 1 set aside'
    """
    found = json.loads(counts or "{}")
    return ", ".join(f"{found[name]:,} {words}" for name, words in COUNTS.items() if found.get(name))


async def health_page(datasette: Datasette, request: Request) -> Response:
    """The whole page."""
    database = datasette.get_database(DATABASE)
    shown: dict[str, Any] = {}
    for name, sql in PARTS.items():
        values = {"shown": SHOWN} if ":shown" in sql else {}
        shown[name] = [dict(row) for row in (await database.execute(sql, values)).rows]
    by_authority: dict[tuple[int, str], dict[int, Any]] = {}
    for row in shown["completeness"]:
        by_authority.setdefault((row["authority_id"], row["authority"]), {})[row["year"]] = row
    shown |= {"by_authority": by_authority, "weeks": WEEKS, "before": shown["before"][0]["day"]}
    shown["runs"] = [run | {"told": told(run["counts"])} for run in shown["runs"]]
    return Response.html(await datasette.render_template("health.html", shown, request=request))


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Add the page."""
    return [(r"^/health$", health_page)]
