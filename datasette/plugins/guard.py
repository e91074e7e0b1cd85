"""What every answer of the public site says to browsers, and what is not answered at all.

Settings, in the environment: MINUTEBOOK_PRIVATE_PAGES=1 opens Datasette's own pages below `/-/`, for whoever runs it.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from datasette import Response, hookimpl
from datasette.app import Datasette

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
STATIC = ("/static/", "/-/static/", "/-/static-plugins/")
FACETS = 8
EXPORTS = 2  # whole tables written at the same time by this process
PATIENCE = 20  # seconds that others wait for their turn
PAGE, ASSET = b"public, max-age=300", b"public, max-age=86400"
# https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
FEATURES = ("camera", "geolocation", "microphone", "payment", "usb", "browsing-topics")
HEADERS = {
    b"content-security-policy": POLICY.encode(),
    b"x-content-type-options": b"nosniff",
    b"referrer-policy": b"no-referrer",
    b"permissions-policy": ", ".join(f"{feature}=()" for feature in FEATURES).encode(),
    b"cross-origin-opener-policy": b"same-origin",
    b"x-frame-options": b"DENY",  # for browsers older than frame-ancestors
}
# Pages for people may be indexed; the same rows in another order or form need not be.
ROBOTS = """User-agent: *
Disallow: /-/
Disallow: /*?*_facet
Disallow: /*?*_sort
Disallow: /*?*_next
Disallow: /*?*_size
Disallow: /*?sql=
Disallow: /*.csv
Disallow: /*.json
Disallow: /*.atom
Disallow: /downloads/
Crawl-delay: 5
"""


BUSY = Response.text("Others are exporting just now. Try again shortly.", status=503, headers={"Retry-After": "30"})


def refusal(scope: dict[str, Any], private_pages: bool) -> Response | None:
    """Why a request is not answered; None if it is."""
    path, query = scope["path"], scope["query_string"]
    if scope["method"] not in ("GET", "HEAD"):
        return Response.text("This site can only be read.", status=405, headers={"Allow": "GET, HEAD"})
    if path.startswith(("//", "/\\")):  # Datasette would redirect to another host
        return Response.text("There is no such page.", status=404)
    if path.startswith("/-/") and not path.startswith(STATIC) and not private_pages:
        return Response.text("There is no such page.", status=404)
    if query.count(b"_facet") > FACETS:
        return Response.text(f"At most {FACETS} counts can be asked for at once.", status=400)
    return None


def marked(headers: list[Any], scope: dict[str, Any], status: int) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with ours, where it has none of its own (files of strangers have a stricter policy).

    How long it may be kept is never for the visitor to say (`_ttl`).
    """
    kept = [(key.lower(), value) for key, value in headers]
    said = dict(kept).get(b"cache-control", b"")
    if status == 200 and not any(word in said for word in (b"private", b"immutable")):
        kept = [(key, value) for key, value in kept if key.lower() != b"cache-control"]
        kept.append((b"cache-control", ASSET if scope["path"].startswith(STATIC) else PAGE))
    return [*kept, *((key, value) for key, value in HEADERS.items() if key not in dict(kept))]


@hookimpl(tryfirst=True)
def asgi_wrapper(datasette: Datasette) -> Callable[[App], App]:
    """Stand before everything else."""
    private_pages = bool((datasette.plugin_config("guard") or {}).get("private_pages"))
    exports = asyncio.Semaphore(EXPORTS)

    def wrap(app: App) -> App:
        async def guarded(scope: dict[str, Any], receive: Any, send: Any) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return

            async def send_marked(message: dict[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    message = message | {"headers": marked(message["headers"], scope, message["status"])}
                await send(message)

            refused = refusal(scope, private_pages)
            if refused:
                await refused.asgi_send(send_marked)
                return
            if b"_stream=" not in scope["query_string"]:
                await app(scope, receive, send_marked)
                return
            try:
                await asyncio.wait_for(exports.acquire(), PATIENCE)
            except TimeoutError:
                await BUSY.asgi_send(send_marked)
                return
            try:
                await app(scope, receive, send_marked)
            finally:
                exports.release()

        return guarded

    return wrap


async def robots() -> Response:
    """Where crawlers need not go."""
    return Response.text(ROBOTS)


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    """Add robots.txt."""
    return [(r"^/robots\.txt$", robots)]
