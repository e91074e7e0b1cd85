"""robots.txt: obeyed where it can be had, closed for this run where it cannot, no rule where it is a web page."""

from __future__ import annotations

import re

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.http import Response
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

from minutebook import MinutebookError
from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.failures import NotAsked, source_error, status_error
from minutebook.crawlers.spiders.base import host_of, site_of, spider_of

LONGEST_DELAY = 60  # seconds: no Crawl-delay makes a council unreadable
_CLOSED = (401, 403, 429)
_WEB_PAGE = re.compile(rb"\s*(<!--.*?-->\s*)*<(!doctype|html|head|body|\?xml)", re.IGNORECASE | re.DOTALL)


class ClosedRobotsMiddleware(RobotsTxtMiddleware):
    """Scrapy's own, which goes on where robots.txt fails; here the site is left alone (RFC 9309, 2.3.1.4).

    Refused (401, 403, 429), failing (5xx), timed out, cut short or led off the site: all count as failing.
    """

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._failures: dict[str, MinutebookError] = {}

    def process_response(self, request: Request, response: Response) -> Response:
        """Raise `SourceError` for a robots.txt that is no answer; take a web page in its place for an empty one."""
        if not _is_robots(request):
            return response
        if response.status in _CLOSED or response.status >= 500:
            error = status_error(response.status, response.url)
            self.process_exception(request, error)
            raise error
        if _WEB_PAGE.match(response.body):
            return response.replace(body=b"")
        return response

    def process_exception(self, request: Request, exception: Exception) -> None:
        """Remember why a robots.txt could not be had, whatever it was redirected to."""
        if _is_robots(request):
            first = request.meta.get("redirect_urls", [request.url])[0]
            self._failures[host_of(first)] = source_error(exception, request.url)

    def process_request_2(self, rp: RobotParser | None, request: Request) -> None:
        """Raise `IgnoreRequest` for what robots.txt forbids, which is everything where it could not be had."""
        site = site_of(self.crawler, request)
        if site.over:
            spider = spider_of(self.crawler)
            spider.tally(spider.place_of(request), blocked=1)
            raise NotAsked(*site.over)
        if rp is None:
            error = self._failures.get(site.host) or SourceError("no_robots", "robots.txt cannot be read")
            raise NotAsked(error.code, f"{error.message}. Without its robots.txt the site is left alone in this run")
        super().process_request_2(rp, request)
        asked = rp.rp.crawl_delay(self._robotstxt_useragent or "*") if isinstance(rp, ProtegoRobotParser) else None
        site.delay = max(site.delay, min(asked or 0, LONGEST_DELAY))


def _is_robots(request: Request) -> bool:
    return bool(request.meta.get("dont_obey_robotstxt"))
