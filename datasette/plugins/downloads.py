"""The bulk files, `/downloads`: what there is, and each file under an address that never changes its content."""

import json
from pathlib import Path
from typing import Any

from datasette import NotFound, Response, hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request, asgi_send_file

from minutebook.models.site import DATABASE, MANIFEST, editions, site_config

TYPES = {".gz": "application/gzip", ".zip": "application/zip", ".json": "application/json", ".csv": "text/csv"}
FOREVER = {"cache-control": "public, max-age=31536000, immutable"}


def _editions(datasette: Datasette) -> dict[str, Path]:
    """The folders by name, oldest first."""
    site = Path(datasette.get_database(DATABASE).path).parent
    return {folder.name: folder for folder in editions(site)}


async def downloads(datasette: Datasette, request: Request) -> Response:
    """The page."""
    found = _editions(datasette)
    edition = next(reversed(found), "")
    manifest = json.loads((found[edition] / MANIFEST).read_text("utf-8")) if found else {"rows": {}, "files": {}}
    shown = {
        "tables": site_config()["databases"][DATABASE]["tables"],
        "rows": manifest["rows"],
        "files": manifest["files"],
        "made_at": manifest.get("made_at"),
        "here": datasette.urls.path(f"/downloads/{edition}"),
    }
    return Response.html(await datasette.render_template("downloads.html", shown, request=request))


async def newest(datasette: Datasette, request: Request) -> Response:
    """Lead from a file's lasting address to the newest edition of it."""
    edition = next(reversed(_editions(datasette)), None)
    if not edition:
        raise NotFound("Nothing is there to be downloaded yet")
    address = datasette.urls.path(f"/downloads/{edition}/{request.url_vars['name']}")
    return Response.redirect(address, headers={"Cache-Control": "no-cache"})


async def file(datasette: Datasette, request: Request, send: Any) -> None:
    """One file of an edition; only a name that its manifest has is ever opened."""
    folder, name = _editions(datasette).get(request.url_vars["edition"]), request.url_vars["name"]
    if not folder or name not in {
        MANIFEST,
        "datapackage.json",
        *json.loads((folder / MANIFEST).read_text("utf-8"))["files"],
    }:
        raise NotFound("There is no such file, or a newer one has taken its place: see /downloads")
    await asgi_send_file(send, folder / name, name, TYPES[Path(name).suffix], chunk_size=65_536, headers=dict(FOREVER))


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Add the page and the files."""
    return [
        (r"^/downloads$", downloads),
        (r"^/downloads/latest/(?P<name>[a-z_.-]+)$", newest),
        (r"^/downloads/(?P<edition>[0-9TZ.]+)/(?P<name>[a-z_.-]+)$", file),
    ]
