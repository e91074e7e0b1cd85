"""Asking one way, and another if that fails."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response
from scrapy.spidermiddlewares.httperror import HttpError
from twisted.python.failure import Failure

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.items import Authority, Meeting
from minutebook.crawlers.spiders.base import CouncilSpider

BY_PAGES = "its pages are read instead"
BUSY = (429, 503)

Output = Iterator[Request | Meeting]
Parse = Callable[..., Output]
Otherwise = Callable[..., Output]


class AskingSpider(CouncilSpider):
    """Its requests may name what to do instead, whether the answer fails or cannot be read."""

    def ask(
        self, authority: Authority, url: str, callback: Parse, otherwise: Otherwise | None = None, **found: Any
    ) -> Request:
        """A request that says whose site it asks, and hands on what has been found so far.

        `otherwise` is told the error and given the same, if there is no answer or none that the callback can read.
        """
        return Request(
            url,
            callback=partial(self._read, callback, otherwise),
            errback=partial(self._failed, otherwise),
            meta={"authority": authority.code},
            cb_kwargs={"authority": authority, **found},
        )

    def _read(self, callback: Parse, otherwise: Otherwise | None, response: Response, **found: Any) -> Output:
        try:
            yield from callback(response, **found)
        except SourceError as error:
            if otherwise is None:
                raise
            yield from otherwise(error, response.url, **found)

    def _failed(self, otherwise: Otherwise | None, failure: Failure) -> Output:
        request: Request = failure.request  # type: ignore[attr-defined]
        if otherwise is None:
            self.request_failed(failure)
        else:
            yield from otherwise(failure.value, request.url, **request.cb_kwargs)

    def answered(self, error: BaseException | None, url: str, authority: Authority, instead: str = BY_PAGES) -> bool:
        """Whether the site did answer, only not with what was asked for, so that it can be asked elsewhere.

        What is off or not there is noted; what broke or did not answer is a problem.
        """
        answered = is_answer(error)
        if answered and not (isinstance(error, HttpError) and error.response.status >= 500):
            self.note(authority.code, url, error, instead)
        else:
            self.problem(authority.code, url, error)
        return answered


def is_answer(error: BaseException | None) -> bool:
    """Whether the site answered, if not with what was asked for; one that is busy is better not asked elsewhere."""
    if isinstance(error, HttpError):
        return error.response.status not in BUSY
    return isinstance(error, SourceError) and not isinstance(error, IgnoreRequest)
