"""What the home page tells: how much there is, how recent and how complete it is, and the latest decisions."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from datasette import Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request

from minutebook.extract.confidence import measured
from minutebook.models.figures import figures
from minutebook.models.site import DATABASE, site_config, trust

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]

PLACE = "/home"
TOTALS = """
select (select count(*) from authorities) as authorities, (select count(*) from meetings) as meetings,
    (select count(distinct authority_id) from troubles) as troubles,
    (select max(fetched_at) from documents) as fetched_at
"""
KINDS = "select kind, sum(number) as number, sum(kept_back) as kept_back from tallies group by kind"
DECIDED = "select year, value, sum(number) from tallies where kind = 'resolutions' group by year, value"
COMPLETE = """
select sum(meetings) - sum(cancelled) as meetings, sum(with_minutes) as with_minutes, sum(minutes_read) as minutes_read
from completeness
"""
LAST_RUN = "select * from runs order by stage = 'nightly' desc, id desc limit 1"
LATEST = """
select id, text, outcome, amount, meeting_date, committee, authority, evidence_id from resolutions
where procedural = 0 and meeting_date <= date('now') order by meeting_date desc, id limit 6
"""


async def home(datasette: Datasette) -> dict[str, Any]:
    """All that the page shows."""
    database = datasette.get_database(DATABASE)

    async def rows(sql: str) -> list[Any]:
        return list((await database.execute(sql)).rows)

    def listed(chosen: Mapping[str, Any]) -> str:
        return datasette.urls.table(DATABASE, "resolutions") + "?" + urlencode(chosen)

    totals = dict((await rows(TOTALS))[0])
    kinds = {row["kind"]: dict(row) for row in await rows(KINDS)}
    return {
        "totals": totals | {kind: row["number"] for kind, row in kinds.items()},
        "kept_back": sum(row["kept_back"] for row in kinds.values()),
        "complete": dict((await rows(COMPLETE))[0]),
        "last_run": next(iter(await rows(LAST_RUN)), None),
        "latest": await rows(LATEST),
        "decided": figures([tuple(row) for row in await rows(DECIDED)], listed, "outcome"),
    }


async def home_page(datasette: Datasette, request: Request) -> Response:
    """The page at `/`."""
    shown = await home(datasette) | {
        "metadata": site_config(),
        "trust": {name: trust(name, measured()) for name in site_config()["databases"][DATABASE]["tables"]},
    }
    page = await datasette.render_template("index.html", shown, request=request, view_name="index")
    return Response.html(page)


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Add the page, under an address of its own, for `/` is taken."""
    return [(rf"^{PLACE}$", home_page)]


@hookimpl
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Show it at `/`. Datasette's own home page asks for leave to show each table, which takes half a second."""

    def wrap(app: App) -> App:
        async def home_first(scope: dict[str, Any], receive: Any, send: Any) -> None:
            if scope["type"] == "http" and scope["path"] == datasette.urls.instance():
                place = datasette.urls.path(PLACE)
                scope = scope | {"path": place, "raw_path": place.encode()}
            await app(scope, receive, send)

        return home_first

    return wrap
