"""What the home page tells: how much there is, and how recent it is."""

from collections.abc import Awaitable, Callable
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

DATABASE = "minutebook"
TOTALS = """
select (select count(*) from authorities) as authorities, (select count(*) from meetings) as meetings,
    (select count(*) from resolutions) as resolutions, (select count(*) from recommendations) as recommendations,
    (select count(*) from actions) as actions, (select count(*) from interests) as interests,
    (select count(*) from troubles) as troubles,
    (select max(fetched_at) from documents) as fetched_at
"""


@hookimpl
def extra_template_vars(view_name: str, datasette: Datasette) -> Callable[[], Awaitable[dict[str, Any]]]:
    """`totals`, on the home page only."""

    async def totals() -> dict[str, Any]:
        if view_name != "index":
            return {}
        found = await datasette.get_database(DATABASE).execute(TOTALS)
        return {"totals": dict(found.first())}

    return totals
