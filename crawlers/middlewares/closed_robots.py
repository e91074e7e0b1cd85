"""A robots.txt that is refused or fails closes the site for now."""

from __future__ import annotations

from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response

CLOSED = b"User-agent: *\nDisallow: /\n"


class ClosedRobotsMiddleware:
    """Reads a refused (403) or failing (5xx) robots.txt as "do not crawl yet" (RFC 9309, 2.3.1.4); Scrapy goes on."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Return the answer, or a closed robots.txt in its place."""
        if urlsplit(request.url).path == "/robots.txt" and (response.status == 403 or response.status >= 500):
            return response.replace(body=CLOSED)
        return response
