"""Who owes a task: names, posts and initials as printed, and whom the paper means by them (minutes-grammar 5.6)."""

from __future__ import annotations

import re

from minutebook.extract.paper import Paper
from minutebook.extract.patterns import compiled
from minutebook.extract.people import read_person
from minutebook.extract.rules import actions as rules
from minutebook.extract.rules import people

ARTICLE = re.compile(r"^(?:the|The)\s+")


def parts_of(printed: str) -> list[str]:
    """The owners in a printed list of them: "Cllr Pym and the Clerk", "RB/GD", "Cllrs Pym & Rae"."""
    if any(compiled(post).fullmatch(printed.strip()) for post in (rules.SOME_POST, rules.BARE_POST)):
        return [ARTICLE.sub("", printed.strip())]
    shared = rules.SHARED_TITLE.match(printed)
    title = f"{people.PLURALS[shared.group('title').lower()]} " if shared else ""
    parts = (
        ARTICLE.sub("", part).strip() for part in rules.OWNER_PARTS.split(printed[shared.end() if shared else 0 :])
    )
    return [part if read_person(part) or not title else title + part for part in parts if part]


def owners_of(paper: Paper, printed: str | None) -> str | None:
    """Owners as names or posts, joined by "; ": initials through the key, a surname through the people of the paper."""
    owners: list[str] = []
    employed = rules.NAMED_WITH_POST.match(printed or "")
    alone = employed.group("owner") if employed and read_person(employed.group("owner")) else printed
    parts = parts_of(alone or "")
    known_parts = [part for part in parts if _is_somebody(paper, part) or paper.given_name_of_one(part)]
    for part in known_parts or parts:  # of several, two words in capitals may be a thing: "Pop Up Bob and HL would"
        mention = None if compiled(rules.INITIALS).fullmatch(part) else read_person(part)
        known = paper.person_named(mention.name) if mention else None
        in_key = paper.name_of_initials(part) or paper.post_of_initials(part)
        owner = in_key or (known.name if known else mention.name if mention else part)
        if owner not in owners:
            owners.append(owner)
    return "; ".join(owners) or None


def shapes_of(paper: Paper, part: str) -> list[str]:
    """How one owner may be printed in a sentence: surname, initials, post."""
    mention = read_person(part)
    name = paper.name_of_initials(part) if part.isupper() else None
    return [mention.surname if mention else part, *([name.split()[-1]] if name else [])]


def is_owner(text: str) -> bool:
    """Whether a cell, line or margin note holds owners and nothing else."""
    match = rules.ONLY_OWNERS.match(text)
    return bool(match) and text.strip().lower() not in rules.NOT_OWNERS and not rules.STATE.match(text)


def may_own(paper: Paper, printed: str) -> bool:
    """Whether a printed doer is a person or a post, not two words in capitals ("Harbour Lights")."""
    return bool(compiled(rules.GROUP).fullmatch(printed)) or any(
        _is_somebody(paper, part) for part in parts_of(printed)
    )


def _is_somebody(paper: Paper, printed: str) -> bool:
    if rules.BODY.search(printed):
        return False
    if (
        printed.isupper()
        or compiled(rules.POSTS).fullmatch(printed.capitalize() if printed.islower() else printed)
        or compiled(rules.SOME_POST).fullmatch(f"the {printed}")
    ):
        return True
    mention = read_person(printed)
    return mention is not None and (mention.title is not None or paper.person_named(mention.name) is not None)
