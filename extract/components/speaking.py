"""Speakers: everyone minuted as speaking; those with a name who are in no list are attendees by inference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minutebook.extract.document import Block
from minutebook.extract.paper import Paper, Person, Voice
from minutebook.extract.patterns import compiled
from minutebook.extract.people import Mention, add_post, fold, read_person, same_person
from minutebook.extract.reading.pieces import MARKER
from minutebook.extract.rules import people, speaking
from minutebook.extract.sentences import sentences

SUBJECT = compiled(rf"(?<![\w’'])(?:{people.TITLE}{people.NAME}|{people.FULL_NAME})")
PREDICATE = re.compile(rf"(?P<between>{speaking.BETWEEN})\s*,?\s+(?:{speaking.ADVERB})?(?:{speaking.VERBS})\b")
SPEAKS = compiled(rf"\b(?:{speaking.VERBS})\b")
JOINED = compiled(rf"\s+and\s+(?={people.TITLE}{people.NAME}|{people.FULL_NAME})")
NOT_BEFORE_A_SUBJECT = frozenset("from of to by with for that thanked asked on".split())
# Offices that are known by their initials everywhere.
KNOWN_ACRONYMS = frozenset(("PCC", "DPCC", "CFO", "ACC", "DCC"))


def speakers(paper: Paper) -> None:
    """Fill `paper.voices`, and add to `paper.people` those who speak but are in no list (guide 6.2)."""
    if paper.kind not in ("minutes", "agenda_item", "meeting_page"):
        return
    for block in paper.blocks:
        if paper.zones[block.index] != "minutes" or block.index in paper.listed or block.kind == "margin":
            continue
        for start, end in sentences(block.text):
            sentence = block.text[start:end]
            if not speaking.ELSEWHERE.search(sentence):
                _hear(paper, block, start, sentence)
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
                add_post(mention, between)
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
    listed = any(person.status == "present" for person in paper.people)
    words = [word for word in mention.name.split() if len(word) > 1]
    ordinary = any(re.search(rf"\b{re.escape(word.lower())}\b", paper.document.text) for word in words)
    return not ordinary and not mention.name.endswith(("’s", "'s")) and (not listed or mention.role is not None)


def _learn(person: Person, mention: Mention) -> None:
    """What a later mention adds to what is known."""
    if len(mention.name) > len(person.name) and " " in mention.name:
        person.name = mention.name
    person.title = person.title or mention.title
    if person.status == "inferred":
        person.role = person.role or mention.role
        person.organisation = person.organisation or mention.organisation


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
