"""Speakers: everyone minuted as speaking; those with a name who are in no list are attendees by inference."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import SequenceMatcher

from minutebook.extract.document import Block
from minutebook.extract.paper import Paper, Person, Voice
from minutebook.extract.patterns import compiled
from minutebook.extract.people import Mention, add_post, fold, read_list, read_person, same_person, surname
from minutebook.extract.reading.pieces import MARKER
from minutebook.extract.rules import people, speaking
from minutebook.extract.sentences import sentences

SUBJECT = compiled(rf"(?<![\w’'])(?:{people.TITLE}{people.NAME}|{people.FULL_NAME})")
PREDICATE = re.compile(rf"(?P<between>{speaking.BETWEEN})\s*,?\s+(?:{speaking.ADVERB})?(?:{speaking.VERBS})\b")
SPEAKS = compiled(rf"\b(?:{speaking.VERBS})\b")
JOINED = compiled(rf"\s+and\s+(?={people.TITLE}{people.NAME}|{people.FULL_NAME})")
# How like a listed surname one must be to count as its misprint, and how long.
MISPRINT = 0.85
SHORTEST_MISPRINTED = 5
# The share of a list that its names must fill.
MOSTLY = 0.4
ALSO = compiled(rf"\s+and\s+(?={people.TITLE}{people.NAME}|{people.FULL_NAME}\s*(?:,|$))")
HELD = compiled(rf"\b(?:{people.POST_NOUNS}|Chief|Holder|Mayor)\b")
NOT_BEFORE_A_SUBJECT = frozenset("from of to by with for that thanked asked on".split())
# Offices that are known by their initials everywhere.
KNOWN_ACRONYMS = frozenset(("PCC", "DPCC", "CFO", "ACC", "DCC"))


def speakers(paper: Paper) -> None:
    """Fill `paper.voices`, and add to `paper.people` those who speak but are in no list (guide 6.2)."""
    if paper.kind not in ("minutes", "agenda_item", "meeting_page"):
        return
    told: list[str] = []
    for block in paper.blocks:
        if paper.zones[block.index] != "minutes" or block.index in paper.listed or block.kind == "margin":
            continue
        for start, end in sentences(block.text):
            sentence = block.text[start:end]
            if not speaking.ELSEWHERE.search(sentence):
                _hear(paper, block, start, sentence)
                told.append(sentence)
    for sentence in told:
        _appoint(paper, sentence)
    _voters(paper)
    paper.people.sort(key=lambda person: person.spans[0])


def _hear(paper: Paper, block: Block, start: int, sentence: str) -> None:
    """Note who speaks in a sentence, in the order printed."""
    heard: list[tuple[int, Mention | str, int]] = [(m.start, m, m.end) for m in _named(sentence)]
    heard += [
        (m.start("office"), m.group("office"), m.end("office")) for m in speaking.OFFICE_SPEAKS.finditer(sentence)
    ]
    for position, who, end in sorted(heard, key=lambda entry: entry[0]):
        span = (block.start + start + position, block.start + start + end)
        if isinstance(who, str):
            _office(paper, who, span)
        else:
            _name(paper, who, span)


def _named(sentence: str) -> Iterator[Mention]:
    label = MARKER.match(sentence)
    for act in speaking.ACTED_BY.finditer(sentence):
        person = read_person(sentence, act.end())
        if person:
            yield person
    subjects = SUBJECT.finditer(sentence, label.end() if label else 0) if SPEAKS.search(sentence) else ()
    offices = {match.start("name"): match.group("post") for match in speaking.OFFICE_OF.finditer(sentence)}
    for match in subjects:
        mention = read_person(sentence, match.start())
        if mention is None or not _may_be_subject(sentence, match.start()):
            continue
        other = JOINED.match(sentence, mention.end)
        predicate = PREDICATE.match(sentence, mention.end)
        if other and (second := read_person(sentence, other.end())) and PREDICATE.match(sentence, second.end):
            yield mention
        elif predicate:
            between = predicate.group("between").strip(" ,()")
            if between and not read_person(between):
                other = ALSO.search(between)
                add_post(mention, between[: other.start()] if other else between)
            elif office := offices.get(match.start()):
                add_post(mention, office)
            yield mention


def _may_be_subject(sentence: str, at: int) -> bool:
    """Not after a preposition or a verb: "a letter from Mr Orme asked"."""
    before = re.search(r"(\w+)\s*$", sentence[:at])
    return before is None or before.group(1).lower() not in NOT_BEFORE_A_SUBJECT


def _name(paper: Paper, mention: Mention, span: tuple[int, int]) -> None:
    known = [person for person in paper.people if same_person(person.name, mention.name)]
    if len(known) > 1:
        known = [person for person in known if person.title == mention.title] if mention.title else []
        if len(known) != 1:
            return
    known = known or _misspelt(paper, mention)
    if known:
        person = known[0]
        _learn(person, mention)
    elif not _plausible(paper, mention):
        return
    else:
        person = _inferred(mention, span)
        paper.people.append(person)
    if not any(voice.name == person.name for voice in paper.voices):
        paper.voices.append(Voice([span], name=person.name))


def _plausible(paper: Paper, mention: Mention) -> bool:
    """Whether somebody in no list was there: a title says so; two words in capitals only where there is no list.

    A word that the document also prints in lower case is no part of a name.
    """
    if mention.title:
        return True
    listed = any(person.status == "present" and person.how == "list" for person in paper.people)
    words = [word for word in mention.name.split() if len(word) > 1]
    ordinary = any(re.search(rf"\b{re.escape(word.lower())}\b", paper.document.text) for word in words)
    return not ordinary and not mention.name.endswith(("’s", "'s")) and (not listed or mention.role is not None)


def _learn(person: Person, mention: Mention) -> None:
    """What a later mention adds to what is known."""
    if len(mention.name) > len(person.name) and " " in mention.name and same_person(person.name, mention.name):
        person.name = mention.name
    person.title = person.title or mention.title
    if person.status == "inferred" or _may_hold(person, mention.role):
        person.role = person.role or mention.role
        person.organisation = person.organisation or mention.organisation


def _may_hold(person: Person, post: str | None) -> bool:
    """Whether words beside a name are a post, and one that a councillor may hold."""
    councillor = (person.title or "").startswith("Cllr")
    if post is None or not HELD.search(post) or speaking.OF_SOME_BODY.search(post):
        return False
    return not (councillor and people.OFFICER.search(post))


def _misspelt(paper: Paper, mention: Mention) -> list[Person]:
    """The one listed person of whom a bare surname is a misprint: "Cllr Burnet" for Jo Burnett (trap 89)."""
    if " " in mention.name or len(mention.name) < SHORTEST_MISPRINTED:
        return []
    close = [
        person
        for person in paper.people
        if person.status != "inferred"
        and person.name[-len(surname(person.name)) :][:1] == mention.name[:1]
        and SequenceMatcher(None, fold(surname(person.name)), fold(mention.name)).ratio() >= MISPRINT
    ]
    return close if len(close) == 1 else []


def _appoint(paper: Paper, sentence: str) -> None:
    """Give the post that a sentence prints beside a name to a person who has none."""
    for pattern in (speaking.OFFICE_OF, speaking.HOLDER_OF, speaking.SPOKE_AS):
        for match in pattern.finditer(sentence):
            mention = read_person(match.group("name"))
            person = paper.person_named(mention.name) if mention else None
            post = match.group("post").strip(" -–")
            if mention and person and not person.role and not person.organisation and _may_hold(person, post):
                add_post(mention, post)
                person.role, person.organisation = mention.role, mention.organisation


def _voters(paper: Paper) -> None:
    """Those named in a recorded vote were there (minutes-grammar 3.7), if no list says so."""
    for block in paper.blocks:
        side = speaking.SIDE.match(block.text) if paper.zones[block.index] in ("minutes", "decision") else None
        if not side:
            continue
        below = block.text[side.start("names") :] if side.group("names") else None
        at = block.start + side.start("names")
        if below is None and block.index + 1 < len(paper.blocks):
            below, at = paper.blocks[block.index + 1].text, paper.blocks[block.index + 1].start
        for mention in _votes(below or ""):
            if not any(same_person(person.name, mention.name) for person in paper.people):
                paper.people.append(_inferred(mention, (at + mention.start, at + mention.end)))


def _votes(text: str) -> list[Mention]:
    """The voters in a list that holds nothing else: with titles, or surnames alone parted by commas."""
    mentions = read_list(text)
    if mentions and all(mention.title for mention in mentions):
        names = sum(mention.end - mention.start for mention in mentions)
        return mentions if names >= len(text) * MOSTLY else []
    found, at = [], 0
    for entry in text.rstrip(". ").split(","):
        voter = speaking.VOTER.match(entry.strip())
        start = text.index(entry, at)
        at = start + len(entry)
        if voter and (person := _voter(voter)):
            found.append(replace(person, start=start, end=at))
    return found if len(found) > 1 and len(found) >= text.count(",") else []


def _voter(match: re.Match[str]) -> Mention | None:
    behind = match.group("behind")
    if behind is None:
        return read_person(match.group(), 0, "")
    return read_person(f"{behind} {match.group('surname')}", 0, "")


def _inferred(mention: Mention, span: tuple[int, int]) -> Person:
    return Person(
        name=mention.name,
        status="inferred",
        spans=[span],
        as_written=f"{mention.title or ''} {mention.name}".strip(),
        title=mention.title,
        role=mention.role,
        organisation=mention.organisation,
        how="titled speaker" if mention.title else "speaker",
    )


def _office(paper: Paper, office: str, span: tuple[int, int]) -> None:
    """An office speaks: the person whom the document ties to it, else the office alone (guide 6.4 and 6.5)."""
    if office.isupper() and office not in KNOWN_ACRONYMS and not _is_post(paper, office):
        return
    holder = next((person for person in paper.people if _holds(person, office)), None)
    name = holder.name if holder else None
    if any(voice.name == name if name else voice.office == office for voice in paper.voices):
        return
    paper.voices.append(Voice([span], name=name, office=None if name else office))


def _is_post(paper: Paper, acronym: str) -> bool:
    """Whether the document itself ties an acronym to a post: "Harbour Commissioner (HC)"."""
    return any(match.group("acronym") == acronym for match in speaking.ACRONYM_OF_POST.finditer(paper.document.text))


def _holds(person: Person, office: str) -> bool:
    if person.status in ("apologies", "absent", "invited"):
        return False
    printed = [fold(words) for words in (person.title or "", *(person.role or "").split("; "))]
    return fold(office) in printed or (" " in office and any(words.startswith(fold(office)) for words in printed))
