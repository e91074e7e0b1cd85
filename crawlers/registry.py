"""The registry: every authority that is known or configured, found by its code or its name."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from cssselect import SelectorError
from lxml.cssselect import CSSSelector
from pydantic import TypeAdapter, ValidationError

from minutebook.crawlers.errors import SourceError, UnknownAuthority
from minutebook.crawlers.items import Authority

KNOWN = Path(__file__).with_name("authorities.toml")

_AUTHORITY = TypeAdapter(Authority)


class Registry:
    """The authorities of `authorities.toml`, and above them those of the user's settings: `own`.

    An entry of one's own needs no more than the code of a known authority, and what is different. Raises `SourceError`
    naming the first entry that is wrong.
    """

    def __init__(self, own: Iterable[Mapping[str, Any]] = (), where: str = "minutebook.toml") -> None:
        self.own = [
            authority_from(known().get(entry.get("code", ""), {}) | dict(entry), f"The {number}. entry of {where}")
            for number, entry in enumerate(own, 1)
        ]

    def everyone(self) -> list[Authority]:
        """Every authority that is still visited."""
        found = {code: authority_from(entry, KNOWN.name) for code, entry in known().items()}
        found |= {authority.code: authority for authority in self.own}
        return [authority for authority in found.values() if not authority.retired]

    def find(self, name: str) -> Authority:
        """The authority of a code or a name, in any case. Raises `UnknownAuthority` if none so called is visited."""
        for authority in (*self.own, *(authority_from(entry, KNOWN.name) for entry in known().values())):
            if name.lower() in (authority.code.lower(), authority.name.lower()):
                return _visited(authority)
        names = {entry["name"]: code for code, entry in known().items()}
        alike = [f"{found} ({names[found]})" for found in get_close_matches(name, names, cutoff=0.5)]
        hint = (
            f"Did you mean {' or '.join(alike)}?" if alike else "Its website's entry is written by minutebook detect."
        )
        raise UnknownAuthority("unknown_authority", f"There is no authority {name!r}. {hint}")


@cache
def known() -> dict[str, dict[str, Any]]:
    """The entries of `authorities.toml`, by code."""
    return {entry["code"]: entry for entry in tomllib.loads(KNOWN.read_text("utf-8"))["authorities"]}


def authority_from(entry: Mapping[str, Any], where: str = "authority") -> Authority:
    """An entry as an `Authority`; ModernGov unless it names another system. Raises `SourceError` saying what is wrong.

    The base address decides which host may be visited at all.
    """
    try:
        authority = _AUTHORITY.validate_python({"system": "moderngov", **entry})
    except ValidationError as error:
        wrong = " and ".join(_in_words(detail) for detail in error.errors())
        message = (
            f"{where} ({entry.get('code', 'no code')}) {wrong}. See minutebook crawl --help for what one looks like."
        )
        raise SourceError("bad_authority", message) from None
    _check(authority)
    return authority


def _check(authority: Authority) -> None:
    parts = urlsplit(authority.base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        message = f"authority {authority.code}: base_url is {authority.base_url!r}; give one that begins with https://"
        raise SourceError("bad_base_url", message)
    if (authority.system == "linklist") != bool(authority.lists):
        message = f"authority {authority.code}: [[authorities.lists]] go with the system linklist, and it with them"
        raise SourceError("bad_lists", message)
    for pattern in (authority.committees, *(listing.date for listing in authority.lists)):
        _check_pattern(authority, pattern)
    for listing in authority.lists:
        for selector in (listing.rows, listing.links, listing.committee_at, listing.pages):
            _check_selector(authority, selector)


def _check_pattern(authority: Authority, pattern: str | None) -> None:
    try:
        re.compile(pattern or "")
    except re.error as error:
        message = f"authority {authority.code}: {pattern!r} is no pattern: {error}"
        raise SourceError("bad_pattern", message) from None


def _check_selector(authority: Authority, selector: str | None) -> None:
    try:
        CSSSelector(selector or "*")
    except SelectorError as error:
        message = f"authority {authority.code}: {selector!r} is no CSS selector: {error}"
        raise SourceError("bad_selector", message) from None


def entry_of(authority: Authority) -> str:
    """An authority as an entry in TOML, without what need not be said."""
    usual = asdict(Authority("-", "-", "moderngov", "-"))
    needed = ("code", "name", "system", "base_url")
    stated = {name: value for name, value in asdict(authority).items() if name in needed or value != usual[name]}
    lists = [_toml("[[authorities.lists]]", listing) for listing in stated.pop("lists", [])]
    return "\n".join([_toml("[[authorities]]", stated), *lists])


def _toml(head: str, values: Mapping[str, Any]) -> str:
    # A string, number, boolean or list is written in JSON as in TOML
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in values.items() if value is not None]
    return "\n".join([head, *lines]) + "\n"


def known_site(base_url: str) -> Authority | None:
    """The first authority of the registry whose system lives in that folder."""
    folder = base_url.partition("://")[2].lower()
    entries = (entry for entry in known().values() if entry["base_url"].partition("://")[2].lower() == folder)
    return next((authority_from(entry) for entry in entries if not entry.get("retired")), None)


def _visited(authority: Authority) -> Authority:
    if authority.retired:
        successor = f"; ask for {authority.succeeded_by}" if authority.succeeded_by else ""
        message = f"{authority.name} ({authority.code}) is visited no more: {authority.retired}{successor}."
        raise UnknownAuthority("retired", message)
    return authority


def _in_words(detail: Mapping[str, Any]) -> str:
    """One mistake: `has no name`, `knows no colour`, `delay: Input should be a valid number`."""
    field = ".".join(str(part) for part in detail["loc"])
    words = {"missing": f"has no {field}", "unexpected_keyword_argument": f"has {field}, which no entry has"}
    return words.get(detail["type"], f"has a wrong {field}: {detail['msg']}")
