"""People as they are printed: one mention read from a place in a text, or all those of a list."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from minutebook.extract.patterns import Match, compiled
from minutebook.extract.rules import people as rules

# No name with its title is longer; to match in a slice costs less than in a long text.
LONGEST = 200
TITLE = compiled(rules.TITLE)
PLURAL = compiled(rf"(?:the\s+)?({rules.PLURAL_TITLE})\b\.?\s*:?-?\s*")
NAME = compiled(rules.NAME)
FULL_NAME = compiled(rules.FULL_NAME)
HONOURS = compiled(rf",?[ ]*(?:{rules.HONOURS}|(?P<office>{'|'.join(rules.OFFICE_SUFFIXES)}))(?![\w’'])")
SEPARATOR = re.compile(
    r"(?:[\s,;•*]|\s[-–—]\s|/|&(?=\s)|\band\b|\btogether with\b|\bplus\b|\bwith\b|\(Chair\)\s*(?=:))+"
)
BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]")
STRETCH = re.compile(r"[^,;\t()\n]+?(?=[,;\t(\n]|\.\s|\.?$)")
AND = re.compile(r"\s+(?:and|&)\s+(?:the\s+)?")
COUPLE = compiled(rf"(Mr|Dr|Cllr|Councillor)\.?\s+(?:&|and)\s+(Mrs|Ms|Dr|Mr|Cllr)\.?\s+(?={rules.NAME})")
PLACE_COUNCIL = compiled(rules.PLACE_COUNCIL)
BODY_LAST = compiled(rf"\b(?:{rules.BODY_WORDS})$|^[A-Z][A-Za-z&]*[A-Z]$")
POST = compiled(rf"\b(?:{rules.POST_WORDS})\b")
PARTICLES = frozenset(rules.PARTICLES.split("|"))
POST_NOUN = compiled(rf"\b(?:{rules.POST_NOUNS})s?\b")
INITIALS = re.compile(r"^[A-Z][A-Za-z’']{0,4}[A-Z]$|^[A-Z]{2,4}$")
ROLE_FIRST = compiled(
    rf"((?:(?:the\s+)(?=[^,]*,?\s)|(?!the\b))(?!{rules.TITLE})(?:{rules.POST_WORDS})\b(?:(?:\s+[\w’'-]+){{0,9}}?\s+(?:{rules.POST_WORDS})\b)?)"
    rf"(?:\s+|(?<=Clerk),\s+|,\s+(?={rules.TITLE}))(?={rules.TITLE}{rules.NAME}|{rules.FULL_NAME}\s*(?:$|[,;(.]))"
)
ACRONYM_TAIL = re.compile(r"\s*\([A-Z]{2,6}\)\s*$")
ORDINARY = re.compile(
    r"\b(?:sub|for|as|items?|until|from|part|virtual(?:ly)?|remote(?:ly)?|via|online|arrived|left|am|pm)\b|\d",
    re.IGNORECASE,
)
SUBSTITUTE_FOR = re.compile(
    r"^(?:as\s+)?(?:a\s+)?(?:sub(?:stitut\w+)?|alternate|deputising|replacing)\b\.?\s*(?:for\s+)?(.*)$|^for\s+(.+)$",
    re.IGNORECASE,
)
SUBSTITUTED_BY = re.compile(
    r"^(.+?)\s+(?:substituting|as substitute|attending|deputising|\(?sub(?:stitute)?\)?)$", re.IGNORECASE
)


@dataclass
class Mention:
    """A person printed at `start`..`end`; `name` is without title, honours and the full stops of initials."""

    start: int
    end: int
    name: str
    title: str | None = None
    role: str | None = None
    organisation: str | None = None
    party: str | None = None
    initials: str | None = None
    substitute_for: str | None = None
    substituted_by: Mention | None = None
    extras: list[str] = field(default_factory=list)

    @property
    def surname(self) -> str:
        """The last word of the name, with its particles."""
        return surname(self.name)


@lru_cache(maxsize=4096)
def surname(name: str) -> str:
    """The surname of a name, with its particles.

    >>> surname("Anna van der Hale")
    'van der Hale'
    """
    words = name.split()
    start = len(words) - 1
    while start > 0 and words[start - 1] in PARTICLES:
        start -= 1
    return " ".join(words[start:])


def clean_name(printed: str) -> str:
    """The name without full stops after initials, nicknames and doubled spaces (guide A2)."""
    name = re.sub(r"[(“\"‘][^)”\"’]*[)”\"’]", " ", printed)
    name = re.sub(r"\b([A-Z])\.", r"\1 ", name)
    return re.sub(r"\s+", " ", name).strip(" .,")


def clean_title(printed: str) -> str | None:
    """The title as stored: full stops dropped, Councillor as Cllr, Alderman as Ald (guide A3)."""
    text = re.sub(r"\s+", " ", printed.replace(".", " ")).strip()
    text = re.sub(r"\b(?:Councillor|Councilor|Clr)\b", "Cllr", text)
    return re.sub(r"\bAlderman\b", "Ald", text) or None


def read_person(text: str, start: int = 0, shared_title: str | None = None) -> Mention | None:
    """The person printed at `start`, if there is one.

    With a title of its own or a shared one a surname is enough; otherwise at least two words are asked for.
    """
    words = text[start : start + LONGEST]
    title = TITLE.match(words)
    match = (NAME if title or shared_title else FULL_NAME).match(words, title.end() if title else 0)
    if not match or not _is_name(match.group(), bool(title or shared_title)):
        return None
    printed_title = clean_title(title.group()) if title else shared_title
    end = _before_place(words, match)
    mention = Mention(start, start + end, clean_name(words[match.start() : end]), printed_title)
    return _with_honours(mention, text)


def _before_place(text: str, match: Match) -> int:
    """Where a name ends that has the place of its council printed behind it without a comma."""
    words = match.group().split()
    council = re.match(r"\s+(?:County|City|District|Borough|Town|Parish|Community)\s+Council\b", text[match.end() :])
    return match.end() - len(words[-1]) - 1 if council and len(words) > 2 else match.end()


def _is_name(printed: str, titled: bool) -> bool:
    words = [word.strip(".,") for word in printed.split()]
    lowered = {word.lower() for word in words}
    if titled:
        return not lowered & {"the", "and", "chair", "in"}
    return len(words) > 1 and not lowered & rules.NOT_NAMES


def _with_honours(mention: Mention, text: str) -> Mention:
    while True:
        honour = HONOURS.match(text[mention.end : mention.end + LONGEST])
        if not honour:
            return mention
        if honour.group().strip(" ,") == _initials(mention.name):
            return mention  # "Ken Combe KC": the list's own key, not a title (trap 52)
        mention.end += honour.end()
        if honour.group("office"):
            mention.role = rules.OFFICE_SUFFIXES[honour.group("office")]


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split())


def read_list(text: str, shared_title: str | None = None) -> list[Mention]:
    """Everyone in a list of names, in order, with what the list says of each (minutes-grammar 2.3 and 2.4)."""
    found = list(_scan(text, shared_title))
    pair = len(found) == 2 and found[0].title == found[1].title and AND.fullmatch(text, found[0].end, found[1].start)
    if pair and " " not in found[0].name and found[1].name.count(" ") == 1:
        found[0].name += f" {found[1].surname}"  # "Councillors George and Judith Hale" share the surname (trap 63)
    return found


def _scan(text: str, shared: str | None) -> Iterator[Mention]:
    at, last = 0, None
    while at < len(text):
        separator, plural = SEPARATOR.match(text, at), PLURAL.match(text, at)
        if separator and separator.end() > at:
            at = separator.end()
        elif plural and plural.end() < len(text):
            shared, at = rules.PLURALS.get(plural.group(1).lower(), "Cllr"), plural.end()
        elif found := _people_at(text, at, shared):
            yield from found[:-1] if last is None else [last, *found[:-1]]
            last = found[-1]
            at = _attributes(text, last)
        else:
            at = _attribute(text, at, last)
    if last:
        yield last


def _people_at(text: str, at: int, shared: str | None) -> list[Mention]:
    """The person printed at a place in a list; two for a couple, none where something else is printed."""
    couple = COUPLE.match(text, at)
    if couple and (second := read_person(text, couple.start(2), None)):
        return [replace(second, start=at, title=clean_title(couple.group(1))), second]
    post = ROLE_FIRST.match(text, at)
    if post and (person := read_person(text, post.end())):
        role = post.group(1).strip(" ,").removeprefix("the ")
        return [replace(person, start=at, role=role)]
    person = read_person(text, at, shared)
    return [person] if person else []


def _attributes(text: str, mention: Mention) -> int:
    """Read the brackets and the post that follow a name without a separator; returns where they end."""
    at = mention.end
    while True:
        bracket = BRACKET.match(text, at)
        if bracket:
            describe(mention, bracket.group(1).strip())
            at = mention.end = bracket.end()
            continue
        end = _stretch_end(text, at)
        words = text[at:end].strip(" -–—:.\t")
        if not words or text[at] not in " \t-–—:" or _person_follows(text, at, mention.title):
            return at
        add_post(mention, words)
        at = mention.end = end


def _stretch_end(text: str, at: int) -> int:
    """Where a post ends: at a comma, a bracket, or an "and" before another person."""
    stretch = STRETCH.match(text, at)
    end = stretch.end() if stretch else at
    for joint in AND.finditer(text, at, end):
        if read_person(text, joint.end()) or ROLE_FIRST.match(text, joint.end()):
            return joint.start()
    return end


def _person_follows(text: str, at: int, title: str | None) -> bool:
    """Whether the next words are another person, not a post of this one."""
    start = at + len(text[at:]) - len(text[at:].lstrip(" \t:–—-"))
    if AND.match(text, at) or ROLE_FIRST.match(text, start):
        return True
    return read_person(text, start, title if title == "Cllr" else None) is not None


def _attribute(text: str, at: int, last: Mention | None) -> int:
    """A stretch of a list that is no name: the post of the person before it. Returns where it ends."""
    bracket = BRACKET.match(text, at)
    end = bracket.end() if bracket else _stretch_end(text, at)
    if last and bracket:
        describe(last, bracket.group(1).strip())
    elif last:
        add_post(last, text[at:end].strip(" .:"))
        if at - last.end < 4:
            last.end = max(last.end, end)
    return max(end, at + 1)


def describe(mention: Mention, words: str) -> None:
    """What a bracket after a name says: party, post, body, initials, substitution (minutes-grammar 2.4)."""
    substitute = SUBSTITUTE_FOR.match(words)
    replaced = SUBSTITUTED_BY.match(words)
    if words.lower() in rules.PARTIES:
        mention.party = rules.PARTIES[words.lower()]
    elif substitute:
        other = read_person((substitute.group(1) or substitute.group(2) or "").strip())
        mention.substitute_for = other.name if other else ""
    elif replaced and (other := read_person(replaced.group(1).strip())):
        mention.substituted_by = other
    elif INITIALS.match(words) and _fits(words, mention.name):
        mention.initials = words
    elif ORDINARY.search(words):
        mention.extras.append(words)
    else:
        add_post(mention, words)


def _fits(initials: str, name: str) -> bool:
    """Whether initials can be those of a name ("AMcM" for Amanda McMillan)."""
    return initials[0].upper() == name[0].upper() and len(initials) <= 5


def add_post(mention: Mention, words: str) -> None:
    """Store a post, parting it from the body that is printed behind it without a comma (trap 94)."""
    words = ACRONYM_TAIL.sub("", words).strip(" .-–—")
    if not words or INITIALS.match(words):
        if words and _fits(words, mention.name):
            mention.initials = words
        elif words.isupper():
            mention.organisation = mention.organisation or words
        return
    if words.lower() in rules.PARTIES:
        mention.party = rules.PARTIES[words.lower()]
        return
    body = PLACE_COUNCIL.search(words)
    post = words
    if body and (body.start() == 0 or POST.match(words)):
        mention.organisation = mention.organisation or words[body.start() :]
        post = words[: body.start()].strip(" ,-–—")
    elif not POST_NOUN.search(words) and BODY_LAST.search(words):
        mention.organisation, post = mention.organisation or words, ""
    if post and POST.search(post):
        mention.role = f"{mention.role}; {post}" if mention.role else post
    elif post:
        mention.extras.append(post)


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """A name without case, accents, apostrophes and hyphens, for comparing (guide 8.7)."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return re.sub(r"[’'‘`]", "", plain).replace("-", " ").strip()


def same_person(one: str, other: str) -> bool:
    """Whether two printed names can be one person's: equal surnames, given names or initials that do not conflict."""
    if fold(surname(one)) != fold(surname(other)):
        return False
    mine, theirs = (fold(name[: len(name) - len(surname(name))]).split() for name in (one, other))
    for left, right in zip(mine, theirs, strict=False):
        short = min(len(left), len(right))
        if left[:short] != right[:short] if short == 1 else left != right and not _nickname(left, right):
            return False
    return True


def titles_conflict(one: str | None, other: str | None) -> bool:
    """Whether two titles cannot be one person's: Mr beside Mrs, Ms or Miss."""
    sexes = {sex for title in (one, other) for sex, words in rules.SEXES.items() if set((title or "").split()) & words}
    return len(sexes) > 1


def _nickname(one: str, other: str) -> bool:
    """ "Rob" for "Robert"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and long.startswith(short)
