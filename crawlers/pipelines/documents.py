"""The documents of a meeting: fetched through Scrapy's media pipeline, their original bytes archived."""

from __future__ import annotations

import mimetypes
import re
from typing import Any, NoReturn
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.http import Response
from scrapy.pipelines.media import FileInfoOrError, MediaPipeline
from twisted.python.failure import Failure

from minutebook.crawlers.errors import SourceError
from minutebook.crawlers.failures import source_error, status_error
from minutebook.crawlers.items import Document, Meeting
from minutebook.crawlers.moderngov.markup import check_final_url
from minutebook.crawlers.sites import Bounds
from minutebook.crawlers.spiders.base import spider_of

# A page may begin with a byte order mark and comments; none of this backtracks
_WEB_PAGE = re.compile(
    rb"(\xef\xbb\xbf)?\s*(<!--[^>]{0,500}>\s*){0,5}<(!doctype\s+html|html|head|body|title|script)", re.IGNORECASE
)
_PDF_URL = re.compile(r"\.pdf$|/mgconvert2pdf\.aspx$", re.IGNORECASE)


class DocumentsPipeline(MediaPipeline):
    """Fetches what a meeting links and we may read; a document that fails keeps its reason."""

    def get_media_requests(self, item: Meeting, info: MediaPipeline.SpiderInfo) -> list[Request]:
        """One request a document, in the order of `_wanted`."""
        bounds: Bounds = self.crawler.settings["BOUNDS"]
        place = {"authority": item.authority, "committee": item.committee.name}
        meta = place | {"download_maxsize": bounds.document_bytes, "download_timeout": bounds.document_seconds}
        return [Request(document.url, meta={"document": document.source_id} | meta) for document in _wanted(item)]

    def media_to_download(self, request: Request, info: MediaPipeline.SpiderInfo, *, item: Any = None) -> Any:
        """What the caller knows of a document that never changes; None has it fetched."""
        spider, source_id = spider_of(self.crawler), request.meta["document"]
        known = spider.known(item.authority, source_id) if spider.lasting(source_id) else None
        return spider.held(known, lambda body: media_type_of(body, request.url)) if known else None

    def media_downloaded(
        self, response: Response, request: Request, info: MediaPipeline.SpiderInfo, *, item: Any = None
    ) -> Any:
        """Archive the answer if it is the document; raise `SourceError` if it is something else."""
        check_answer(response)
        return spider_of(self.crawler).keep(response.body, media_type_of(response.body, response.url))

    def media_failed(self, failure: Failure, request: Request, info: MediaPipeline.SpiderInfo) -> NoReturn:
        """Put the reason in words."""
        raise source_error(failure.value, request.url)

    def item_completed(self, results: list[FileInfoOrError], item: Meeting, info: MediaPipeline.SpiderInfo) -> Meeting:
        """Note on each document what became of it."""
        for document, (_, outcome) in zip(_wanted(item), results, strict=True):
            if isinstance(outcome, Failure):
                spider_of(self.crawler).document_failed(item.authority, document, outcome.value, item.committee.name)
            else:
                vars(document).update(outcome)
        return item

    def file_path(self, request: Request, *args: Any, **kwargs: Any) -> str:
        """Not used: the archive names a file by what it holds."""
        raise NotImplementedError


def check_answer(response: Response) -> None:
    """Raise `SourceError` if an answer is not the document that was asked for."""
    if response.status != 200:
        raise status_error(response.status, response.url)
    check_final_url(response.url)
    if not response.body:
        raise SourceError("empty", f"{response.url} is empty; the next run tries again")
    if _PDF_URL.search(urlsplit(response.url).path) and _WEB_PAGE.match(response.body):
        raise SourceError("web_page", f"{response.url} is a web page, not a PDF: open it in a browser")


def media_type_of(body: bytes, url: str) -> str:
    """Media type by the bytes, else by the address; what servers say of attachments is too often wrong."""
    if b"%PDF-" in body[:1024]:
        return "application/pdf"
    if _WEB_PAGE.match(body):
        return "text/html"
    return mimetypes.guess_type(urlsplit(url).path)[0] or "application/octet-stream"


def _wanted(meeting: Meeting) -> list[Document]:
    """Documents still to be fetched: never restricted ones, nor packs, whose parts are fetched singly."""
    return [
        document
        for document in meeting.documents
        if not document.restricted and document.role not in ("pack", "meeting_page", "meeting_xml")
    ]
