"""A failed request in words: what the site did, and what to do next."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from minutebook import MinutebookError
from minutebook.crawlers.errors import SourceError


class NotAsked(SourceError, IgnoreRequest):
    """A request that we do not send, or an answer that we do not take, by a rule of our own."""


ADVICE = {
    403: "the site refuses us: do not press it, leave it for some days and write to the council",
    404: "moved or withdrawn: look for it on the site",
    410: "withdrawn by the council",
    429: "too many requests: crawl more slowly",
}

# What Scrapy raises, with our code for it and what it means for the person who reads the run log.
REASONS: list[tuple[type[Exception], str, str]] = [
    (IgnoreRequest, "not_requested", "not asked for"),
    (DownloadTimeoutError, "timeout", "no answer in time: the next run tries again"),
    (DownloadCancelledError, "too_large", "larger than we take: fetch it by hand"),
    (CannotResolveHostError, "no_such_host", "the host's name is not known: check the authority's base address"),
    (ResponseDataLossError, "cut_short", "the answer broke off: the next run tries again"),
    (DownloadConnectionRefusedError, "refused", "nothing listens there: check the authority's base address"),
]


def status_error(status: int, url: str) -> SourceError:
    """An answer that is not 200, named `http_` and its status."""
    return SourceError(f"http_{status}", f"{url} answered {status}; {ADVICE.get(status, 'the next run tries again')}")


def source_error(error: BaseException | None, url: str) -> MinutebookError:
    """Any failure of a request, or of reading its answer, as an error for the report."""
    if isinstance(error, MinutebookError):
        return error
    if isinstance(error, HttpError):
        return status_error(error.response.status, url)
    for kind, code, meaning in REASONS:
        if isinstance(error, kind):
            return SourceError(code, f"{url}: {meaning} ({str(error) or kind.__name__})")
    return SourceError("failed", f"{url}: {type(error).__name__}: {error}; the next run tries again")
