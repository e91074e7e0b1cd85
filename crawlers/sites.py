"""How one site is treated within a run: when it may be asked again, what it has cost, and whether it is left alone."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from time import monotonic

BUSY = [429, 500, 502, 503, 504]
REFUSED = (401, 403)
OVER = ("blocked", "limit_reached", "retry_later")  # why a site is asked no more in a run
FIRST_REST = 5  # delays; the second is twice as long, and so on: 5, 10, 20 seconds at a request a second
REFUSALS = 3  # so many in a row, and the site means it

# What firewalls write on the pages they send in place of the council's, whatever the status.
_CHALLENGE = re.compile(
    rb"<title>\s*(just a moment|attention required|checking your browser|ddos-guard)", re.IGNORECASE
)
_BLOCK_PAGE = re.compile(
    rb"access (to this page has been )?denied|request (is )?(rejected|blocked)|<(title|h1)>\s*(403|forbidden)",
    re.IGNORECASE,
)
_HEAD = 4096  # bytes of a page in which its title stands
_SHORT = 20_000  # bytes: a block page is no longer


@dataclass(frozen=True)
class Bounds:
    """What one answer and one site may cost in one run: bytes as sent, seconds, requests.

    `wait` is the longest rest that a site may ask of us (`Retry-After`) and still be asked again in this run. Some
    self-hosted installs need a minute for an answer.
    """

    page_bytes: int = 10 * 2**20
    page_seconds: float = 60
    document_bytes: int = 100 * 2**20
    document_seconds: float = 300
    site_requests: int = 30_000
    site_bytes: int = 20 * 2**30
    site_seconds: float = 10 * 3600
    wait: float = 900


@dataclass
class Site:
    """A host as this run has met it. Times are seconds of the monotonic clock.

    `over` is the code and message of why it is asked no more, of which `tell` hears once.
    """

    host: str
    delay: float
    bounds: Bounds
    tell: Callable[[Site], None]
    started: float = 0.0
    requests: int = 0
    received: int = 0
    not_before: float = 0.0
    busy: int = 0
    refusals: int = 0
    welcomes: int = 0
    over: tuple[str, str] | None = None

    def pause(self) -> float:
        """Seconds to wait before the next request."""
        return 0.0 if self.over else max(0.0, self.not_before - monotonic())

    def asked(self) -> None:
        """Note that a request leaves."""
        self.started = self.started or monotonic()
        self.requests += 1
        self.not_before = monotonic() + self.delay

    def check_bounds(self) -> None:
        """Leave the site alone for this run once it has cost all that it may."""
        spent = (
            (self.requests, self.bounds.site_requests, "requests"),
            (self.received, self.bounds.site_bytes, "bytes"),
            (monotonic() - (self.started or monotonic()), self.bounds.site_seconds, "seconds"),
        )
        for cost, bound, unit in spent:
            if cost >= bound:
                self.leave("limit_reached", f"{self.host} has cost {bound:,} {unit}, all that one run may: run again")

    def answered(self, status: int, retry_after: str | None) -> None:
        """Rest where the site is busy: as long as it asks, else longer each time (source-formats.md, section 4)."""
        self.busy = self.busy + 1 if status in BUSY else 0
        if not self.busy:
            return
        stated = seconds_of(retry_after)
        rest = FIRST_REST * self.delay * 2 ** min(self.busy - 1, 2) if stated is None else stated
        if rest > self.bounds.wait:
            self.leave(
                "retry_later", f"{self.host} asks to be left alone for {rest:,.0f} seconds: run again after that"
            )
        self.not_before = max(self.not_before, monotonic() + rest)

    def judge(self, status: int, challenged: bool, body: bytes) -> None:
        """Take a challenge for a no at once, and other refusals when several come in a row."""
        kind = refusal(status, challenged, body)
        self.refusals = self.refusals + 1 if kind else 0
        self.welcomes += not kind
        if kind == "challenge":
            self.block("a page that asks for proof of being human")
        elif self.refusals >= REFUSALS:
            self.block(f"{self.refusals} refusals in a row")

    def block(self, what: str) -> None:
        """Take it that we are not wanted."""
        advice = "it is left alone for some days; write to the council, or ask it to let Minutebook in"
        self.leave("blocked", f"{self.host} answered with {what}: {advice}")

    def leave(self, code: str, message: str) -> None:
        """Ask nothing more of the site in this run; the first reason stands."""
        if self.over is None:
            self.over = (code, message)
            self.tell(self)


def refusal(status: int, challenged: bool, body: bytes) -> str | None:
    """How an answer turns us away: `challenge`, `refused` or not at all. Block pages may come with status 200."""
    head = body[:_HEAD]
    if challenged or _CHALLENGE.search(head):
        return "challenge"
    if status in REFUSED or (len(body) < _SHORT and _BLOCK_PAGE.search(head)):
        return "refused"
    return None


def seconds_of(retry_after: str | None) -> float | None:
    """`Retry-After` in seconds from now, from a number or a date (RFC 9110, 10.2.3); None if it says neither."""
    text = (retry_after or "").strip()
    if text.isdecimal():
        return float(text)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return None
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
