"""People as they are printed: one mention read from a place in a text, or all those of a list."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

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
    r"(?:[\s,;•*|]|\s[-–—]\s|/|&(?=\s)|\band(?:\s+by)?\b|\btogether with\b"
    r"|\bplus\b|\bwith\b|\bfrom(?= the\b)|\(Chair\)\s*(?=:))+"
)
BRACKET = re.compile(r"\s*[(\[]([^()\[\]]*(?:\([^()]*\)[^()\[\]]*)*)[)\]]")
STRETCH = compiled(
    rf"[^,;\t()\[\n|]+?(?=[,;\t(\[\n|]|\.\s|\.?$|(?<!\bfor|\bto|\bof|\bby|vice|whom)\s+{rules.TITLE}{rules.NAME}"
    r"|(?<=Council|Authority|Police|Trust|Service)\s+(?:[A-Z]\.?[ ]?){1,3}[A-Z][a-z]+\s*(?:[,;(]|$)"
    rf"|(?<=Council|Authority|Police|Trust|Service|ICB|CCG)\s+(?={rules.FULL_NAME}\s+[-–—]\s+(?:{rules.POST_WORDS})\b)"
    # a name with its own initials behind it: "Vale Council Jo Lane (JL)"
    rf"|\s+(?=([A-Z])[a-z]+\s([A-Z]))(?={rules.FULL_NAME}\s+\(\g{{-2}}[A-Z]?\g{{-1}}\)))"
)
AND = re.compile(r"\s+(?:and|&)\s+(?:the\s+)?")
COUPLE = compiled(rf"(Mr|Dr|Cllr|Councillor)\.?\s+(?:&|and)\s+(Mrs|Ms|Dr|Mr|Cllr)\.?\s+(?={rules.NAME})")
PLACE_COUNCIL = compiled(rules.PLACE_COUNCIL)
BODY = compiled(rf"\b(?:{rules.BODY_WORDS})\b|^[A-Z][A-Za-z&]*[A-Z]$")
POST = compiled(rf"\b(?:{rules.POST_WORDS})\b")
PARTICLES = frozenset(rules.PARTICLES.split("|"))
POST_NOUN = compiled(rf"\b(?:{rules.POST_NOUNS})s?\b")
INITIALS = re.compile(r"^[A-Z][A-Za-z’']{0,4}[A-Z]$|^[A-Z]{2,4}$")
_POST = rf"(?:{rules.POST_WORDS})\b(?:[-/][\w/-]+)?(?:\s*(?:&|and|/)\s*[A-Z]{{2,5}}\b)?"
_MORE = rf"(?:\s+(?!{rules.TITLE_BETWEEN})[\w’'&/-]+){{0,9}}?\s+{_POST}"
POST_NEXT = compiled(rf",\s+{_POST}")
# What stands behind a name, so that the words before it can be told to be a post.
AFTER = rf"\s*(?:$|[,;(.)\t]|(?:and|&)\s|(?:[A-Z]{{2,5}}\s+)?(?:{rules.POST_WORDS})\b)"
ROLE_FIRST = compiled(
    rf"(?P<post>(?P<the>[Tt]he\s+{rules.STYLE})?(?!{rules.TITLE}{rules.NAME})"
    rf"(?:{_POST}(?:{_MORE})??"
    rf"|(?!The\b|{rules.INITIAL}|{rules.WORD_OF_NAME}[ ]+{rules.WORD_OF_NAME})[A-Z][\w’'&/-]*{_MORE}))"
    rf"(?P<joint>\s+|\s*:\s*|\s*[-–—]\s+|\s*\((?=[^()]*\))|,\s+)"
    rf"(?={rules.TITLE}{rules.NAME}|(?!{rules.WORD_OF_NAME}[ ]+{_POST}){rules.FULL_NAME}{AFTER})"
)
# A post whose last word betrays nothing, before its holder in a bracket: "Head of Waste Management (Ms J Orme)".
POST_THEN_BRACKET = compiled(
    rf"(?P<post>(?P<the>[Tt]he\s+)?{_POST}(?:\s+[\w’'&/-]+){{1,9}}?)(?P<joint>\s*\()(?={rules.TITLE}{rules.NAME}\s*\)|{rules.FULL_NAME}\s*\))"
)
KEY = re.compile(r"[ ]+([A-Z]{2,4}[a-z]?|[A-Z][A-Z][a-z]{1,2})(?![\w’'])")
FROM = re.compile(r"^(?:of|from|representing)\s+(?:the\s+)?(?=[A-Z])")
# "Principal Adviser, Vale Housing Trust", in one bracket
POST_AND_BODY = compiled(
    rf"(?P<post>[^,]*\b(?:{rules.POST_NOUNS})\b[^,]*),\s+(?P<body>(?!.*\b(?:{rules.POST_NOUNS})s?\b)(?:[A-Z][\w’'&-]*\s+(?:(?:of|and|for|the|&)\s+)*){{1,5}}(?:{rules.BODY_WORDS}))$"
)
IN_THE_CHAIR = re.compile(r"in\s+the\s+[Cc]hair")
THE = re.compile(rf"^[Tt]he\s+{rules.STYLE}(?=\w)")
ACRONYM_TAIL = re.compile(r"\s*\([A-Z]{2,6}\)\s*$")
# A post that may stand before its holder's name: "Fire Chief Al Pike", but not "Housing Jo Lane".
HOLDS = compiled(
    rf"\b(?:{rules.POST_NOUNS}|Chief|Press|Mayor|RFO|Constable|Superintendent)(?:-[\w-]+)?$|\b(?:{rules.POST_NOUNS})\b.*\s(?:of|for|to|&|and)\s"
)
ORDINARY = re.compile(
    r"\b(?:sub|for|as|items?|until|from(?!\s+(?:the\s+)?[A-Z])|part|virtual(?:ly)?|remote(?:ly)?|via|online|arrived|left|am|pm)\b|\d",
    re.IGNORECASE,
)
SUBSTITUTE_FOR = re.compile(
    r"^(?:(?:as|is)\s+)?(?:an?\s+|the\s+)?(?P<sub>sub(?:stitut\w+)?|alternate|deputising|replacing)\b\.?\s*(?:member\s+)?(?:for\s+)?(?P<whom>.*)$"
    r"|^(?:attending\s+)?(?:for|vice|in\s+place\s+of|instead\s+of|in\s+lieu\s+of|on\s+behalf\s+of)\s+(?P<other>.+)$",
    re.IGNORECASE,
)
SUBSTITUTED_BY = re.compile(
    r"^(?:for\s+whom\s+)?(?P<name>.+?)\s+(?:was\s+)?(?:substitut(?:ing|ed)|as\s+substitute|attend(?:ing|ed)|deputis(?:ing|ed)|\(?sub(?:stitute)?\)?)$"
    r"|^(?:substituted\s+by|replaced\s+by|substitute:)\s+(?P<by>.+)$",
    re.IGNORECASE,
)
# A post that is told of several: "A Pike and B Lowe, Councillors", "Heads of Service", "(both Finance)".
SHARED_POST = compiled(
    rf"(?:{'|'.join(rules.SINGULAR_POSTS)})(?=\s*(?:[,;.)]|$|\band\b))|(?:Directors|Heads|Managers)\s+of\b"
)
STANDS_IN = re.compile(r"(?:attending|substituting|deputising)(?:\s+in\s+(?:his|her|their)\s+place)?")
BOTH = re.compile(r"(?P<both>both|all)\s+(?:of\s+|from\s+)?(?P<words>[A-Z].+)$")


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
    shared: str | None = None
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
    text = re.sub(r"(?<=Cllr|llor)(?=[A-Z])|\d+", " ", printed.replace(".", " "))
    words = (word.title() if word in ("MR", "MRS", "MISS", "MS", "DR") else word for word in text.split())
    return " ".join(rules.STORED_TITLES.get(word.lower(), word) for word in words) or None


def read_person(text: str, start: int = 0, shared_title: str | None = None) -> Mention | None:
    """The person printed at `start`, if there is one.

    With a title of its own or a shared one, which may be empty, a surname is enough; else two words are asked for.
    """
    words = text[start : start + LONGEST]
    title = TITLE.match(words)
    alone = title is not None or shared_title is not None
    match = (NAME if alone else FULL_NAME).match(words, title.end() if title else 0)
    if not match or not _is_name(match.group(), alone):
        return None
    printed_title = clean_title(title.group()) if title else shared_title or None
    end = _before_place(words, match)
    mention = Mention(start, start + end, clean_name(words[match.start() : end]), printed_title)
    if title is None and rules.FIRM.match(words, end):
        return None
    return _with_honours(_with_key(mention, text), text)


def _before_place(text: str, match: Match) -> int:
    """Where a name ends that has the place of its council printed behind it without a comma."""
    words = match.group().split()
    council = re.match(r"\s+(?:County|City|District|Borough|Town|Parish|Community)\s+Council\b", text[match.end() :])
    return match.end() - len(words[-1]) - 1 if council and len(words) > 2 else match.end()


def _is_name(printed: str, titled: bool) -> bool:
    words = [word.strip(".,") for word in printed.split()]
    lowered = {word.lower() for word in words}
    if printed.endswith(("’s", "'s")):
        return False
    if titled:
        return not lowered & {"the", "and", "chair", "in"}
    ordinary = lowered & rules.NOT_NAMES or words[0] in rules.BODY_BEGINS or words[-1] in rules.BODY_ENDS
    return len(words) > 1 and not ordinary


def _with_key(mention: Mention, text: str) -> Mention:
    """The person with the initials that the list's own key prints behind the name: "Jo Penn JP", "Ann Carey ACa"."""
    key = KEY.match(text, mention.end)
    initials = "".join(word[0] for word in mention.name.split()).upper()
    if key and len(initials) > 1 and initials in (key.group(1)[:2].upper(), key.group(1).upper()):
        mention.initials, mention.end = key.group(1), key.end()
    return mention


def _with_honours(mention: Mention, text: str) -> Mention:
    while True:
        honour = HONOURS.match(text[mention.end : mention.end + LONGEST])
        if not honour:
            return mention
        mention.end += honour.end()
        if honour.group("office"):
            mention.role = rules.OFFICE_SUFFIXES[honour.group("office")]


def read_list(text: str, shared_title: str | None = None) -> list[Mention]:
    """Everyone in a list of names, in order, with what the list says of each (minutes-grammar 2.3 and 2.4)."""
    found = _scan(text, shared_title)
    for mention in found:
        _share(mention)
    for first, second in pairwise(found):
        _share_body(text, first, second)
    pair = len(found) == 2 and found[0].title == found[1].title and AND.fullmatch(text, found[0].end, found[1].start)
    if pair and " " not in found[0].name and found[1].name.count(" ") == 1:
        found[0].name += f" {found[1].surname}"  # "Councillors George and Judith Hale" share the surname (trap 63)
    return found


def _share(mention: Mention) -> None:
    """The title that a list shares: not its officers', and before the Mrs or the Dr that a councillor has besides."""
    if mention.shared not in rules.PLURALS.values() or mention.shared == "Mr":
        return
    if mention.role and rules.OFFICER.search(mention.role):
        mention.title = None if mention.title == mention.shared else mention.title
    elif mention.title in rules.COURTESIES and (mention.role is None or rules.CHAIR.search(mention.role)):
        mention.title = f"{mention.shared} {mention.title}"


def _share_body(text: str, first: Mention, second: Mention) -> None:
    """The body behind a pair that is an entry of its own: "; Dr Jo Lane and Mr Al Penn, Vale Rivers Trust;"."""
    body, at = second.organisation, first.end
    if body is None or first.organisation or not AND.fullmatch(text, at, second.start):
        return
    bracketed = text[at - 1] == ")"  # a post without a bracket may belong to another body
    if (first.role and not bracketed) or first.substitute_for is not None:
        return
    before, behind = text[: first.start].rstrip(" "), text[second.start : second.end + LONGEST]
    if before and before[-1] not in ";:\n\t.":
        return
    if re.search(rf"(?:,|\s[-–—])\s*{re.escape(body)}\s*(?:$|[;.\n\t]|\([^()]*\)\s*(?:$|[;.\n]))", behind):
        first.organisation = body


def _scan(text: str, shared: str | None) -> list[Mention]:
    at, found, since = 0, list[Mention](), 0
    while at < len(text):
        separator, plural = SEPARATOR.match(text, at), PLURAL.match(text, at)
        if separator and separator.end() > at:
            shared = None if "together with" in separator.group() else shared
            at = separator.end()
        elif plural and plural.end() < len(text) and not (found and SHARED_POST.match(text, at)):
            shared, at = rules.PLURALS.get(plural.group(1).lower(), "Cllr"), plural.end()
            since = at
        elif people := _people_at(text, at, shared, found):
            if shared and people[-1].role is None and not re.search(r"[;\t\n|]", text[since:at]):
                people[-1].shared = shared
            found += people
            at = _attributes(text, found)
        else:
            office = re.search(r"\b(?:and|with)\s+$", text[:at]) and text[at] not in "(["
            at = _attribute(text, at, [] if office else found)  # "and the Clerk": nobody's post
    return found


def _people_at(text: str, at: int, shared: str | None, found: list[Mention]) -> list[Mention]:
    """The person printed at a place in a list; two for a couple, none where something else is printed."""
    couple = COUPLE.match(text, at)
    if couple and (second := read_person(text, couple.start(2), None)):
        return [replace(second, start=at, title=clean_title(couple.group(1))), second]
    post = ROLE_FIRST.match(text, at) or POST_THEN_BRACKET.match(text, at)
    if post and _is_his(text, at, post, shared, found) and (person := read_person(text, post.end())):
        return [_holding(post.group("post"), replace(person, start=at))]
    person = read_person(text, at, shared)
    return [person] if person and not _tells_of(text, person, found) else []


def _tells_of(text: str, person: Mention, found: list[Mention]) -> bool:
    """Whether capitals are the body of the one before them, who has initials: "Jo Orme (JO), Hale Walkers;"."""
    if person.title or person.initials or not found or not found[-1].initials:
        return False
    before, behind = text[found[-1].end : person.start], text[person.end :].lstrip(" ")
    entry = max(text.rfind(";", 0, person.start), text.rfind("\n", 0, person.start))
    alone = sum(mention.start > entry for mention in found) == 1
    if "\t" in before:
        return text[: person.start].rstrip().endswith(")") and behind[:1] in ("", "\t")
    return before.strip() in (",", "-", "–", "—") and ";" in text and alone and behind[:1] in ("", ";")


def _is_his(text: str, at: int, post: Match, shared: str | None, found: list[Mention]) -> bool:
    """Whether a post belongs to the name behind it, and not to the person before it in the list."""
    words, joint, last = THE.sub("", post.group("post")), post.group("joint"), found[-1] if found else None
    if not HOLDS.search(words) and not text.startswith(tuple(rules.POST_OR_TITLE), post.end()):
        return False
    if "," in joint and not post.group("the"):
        return last is None or last.role is not None
    if last and last.role is None and text[last.end : at].strip() == "," and not joint.strip():
        person = read_person(text, post.end())
        councillor = "Cllr" in (last.title or "") and rules.OFFICER.search(words)
        posts_follow = any(mention.role for mention in found) and not ROLE_FIRST.match(text, found[0].start)
        return bool(councillor or not (posts_follow or (person and POST_NEXT.match(text, person.end))))
    return shared is None or POST.match(words) is not None


def _holding(post: str, person: Mention) -> Mention:
    """The person with the post printed before the name, of which the last word may look like a title."""
    post = THE.sub("", post.strip(" ,"))
    if person.title in rules.POST_OR_TITLE:
        post, person.title = f"{post} {person.title}", None
    person.role = f"{post}; {person.role}" if person.role else post
    return person


def _attributes(text: str, found: list[Mention]) -> int:
    """Read the brackets and the post that follow a name without a separator; returns where they end."""
    mention = found[-1]
    at = mention.end
    while True:
        bracket = BRACKET.match(text, at)
        if bracket:
            _tell(found, bracket.group(1).strip())
            at = mention.end = bracket.end()
            continue
        end = _stretch_end(text, at)
        words = text[at:end].strip(" -–—:.\t")
        if not words or text[at] not in " \t-–—:" or _person_follows(text, at, mention.title):
            return at
        _tell(found, words)
        at = mention.end = end


def _length_of_stretch(text: str, at: int) -> int:
    stretch = STRETCH.match(text[at : at + LONGEST])
    return stretch.end() if stretch else 0


def _stretch_end(text: str, at: int) -> int:
    """Where a post ends: at a comma, a bracket, or an "and" before another person."""
    end = at + _length_of_stretch(text, at)
    for joint in AND.finditer(text, at, end):
        post = ROLE_FIRST.match(text, joint.end())
        if read_person(text, joint.end()) or (post and HOLDS.search(post.group("post"))):
            return joint.start()
    return end


def _person_follows(text: str, at: int, title: str | None) -> bool:
    """Whether the next words are another person, not a post of this one."""
    start = at + len(text[at:]) - len(text[at:].lstrip(" \t:–—-"))
    if AND.match(text, at) or ROLE_FIRST.match(text, start):
        return True
    return read_person(text, start, title if title == "Cllr" else None) is not None


def _attribute(text: str, at: int, found: list[Mention]) -> int:
    """A stretch of a list that is no name: the post of the person before it. Returns where it ends."""
    bracket = BRACKET.match(text, at)
    if bracket:
        end = bracket.end()
    elif text.startswith(("both ", "all "), at):
        end = at + _length_of_stretch(text, at)  # its body may hold an "and"
    else:
        end = _stretch_end(text, at)
    words = bracket.group(1) if bracket else text[at:end]
    if found:
        _tell(found, words.strip(" .:"))
        if at - found[-1].end < 4 and not bracket:
            found[-1].end = max(found[-1].end, end)
    return max(end, at + 1)


def _tell(found: list[Mention], words: str) -> None:
    """What is printed behind a name: told of that person, or of all who share it ("A Pike and B Lowe, Councillors")."""
    both, plural = BOTH.match(words), SHARED_POST.match(words)
    if STANDS_IN.fullmatch(words) and len(found) > 1:
        found[-1].substitute_for = found[-2].name  # "Kit Orr (Probation), Mo Day attending"
    elif both:
        for mention in found[-2:] if both.group("both") == "both" else found:
            add_post(mention, both.group("words"))
    elif plural:
        civic = "ouncillor" in words
        for mention in reversed(found):
            if mention.role or ((mention.title or "").endswith("Cllr") and not civic):
                break
            mention.role = rules.SINGULAR_POSTS.get(words, words)
    elif words:
        describe(found[-1], words)


def describe(mention: Mention, words: str) -> None:
    """What stands behind a name, in a bracket or not: party, post, body, initials, substitution (grammar 2.4)."""
    substitute = SUBSTITUTE_FOR.match(words)
    other = read_person((substitute.group("whom") or substitute.group("other") or "").strip()) if substitute else None
    replaced = SUBSTITUTED_BY.match(words)
    key, _, more = words.partition(", ")
    plain = rules.STATUTORY.sub("", words)
    if words.lower() in rules.PARTIES:
        mention.party = rules.PARTIES[words.lower()]
    elif substitute and (other or substitute.group("sub")):
        mention.substitute_for = other.name if other else ""
    elif replaced and (other := read_person((replaced.group("name") or replaced.group("by")).strip())):
        mention.substituted_by = other
    elif INITIALS.match(key) and _fits(key, mention.name):
        mention.initials = key
        add_post(mention, more)
    elif ORDINARY.search(plain) and (re.search(r"\d", plain) or not _begins_post(plain)):
        mention.extras.append(words)
    elif mention.organisation and not mention.role and not POST_NOUN.search(words):
        mention.organisation += f" ({words})"  # "County Council (Highways)"
    elif mention.organisation and mention.role and words[:1].islower():
        mention.extras.append(words)  # "Jo Penn, Director, Hale Crane LLP (external auditor)"
    elif body := POST_AND_BODY.match(words):
        add_post(mention, body.group("post"))
        mention.organisation = mention.organisation or body.group("body")
    else:
        add_post(mention, words)


def _begins_post(words: str) -> bool:
    return POST.match(words) is not None or rules.SMALL_POST.match(words) is not None


def _fits(initials: str, name: str) -> bool:
    """Whether initials can be those of a name ("AMcM" for Amanda McMillan)."""
    return initials[0].upper() == name[0].upper() and len(initials) <= 5


def add_post(mention: Mention, printed: str) -> None:
    """Store a post, parting it from the body that is printed behind it without a comma (trap 94)."""
    words = THE.sub("", FROM.sub("", ACRONYM_TAIL.sub("", printed))).strip(" .-–—")
    if IN_THE_CHAIR.fullmatch(words):
        mention.role = mention.role or "Chair"
    elif (words.isupper() and POST.match(words.title())) or (_ends_small(words) and rules.SMALL_POST.match(words)):
        _hold(mention, words)
    elif words.lower() in rules.PARTIES:
        mention.party = rules.PARTIES[words.lower()]
    elif words in ("Councillor", "Cllr") and not mention.title:
        mention.title = "Cllr"
    elif INITIALS.match(words) and _fits(words, mention.name):
        mention.initials = words
    elif INITIALS.match(words):
        mention.organisation = mention.organisation or words
    elif words:
        _part(mention, words, FROM.match(printed) is not None)


def _ends_small(words: str) -> bool:
    """Whether a post may be printed without capitals: "parish clerk", "Diocesan representative"."""
    return words[:1].islower() or words.split(" ")[-1].islower()


def _part(mention: Mention, words: str, told: bool) -> None:
    """Part a post from a body; `told` is for a body that "of" or "from" announces."""
    body = PLACE_COUNCIL.search(words)
    post = words
    if words[:1].islower():
        mention.extras.append(words)
        return
    if body and (body.start() == 0 or POST.match(words)):
        mention.organisation = mention.organisation or words[body.start() :]
        post = words[: body.start()].strip(" ,-–—")
    elif not POST_NOUN.search(words) and (BODY.search(words) or (told and rules.BODY_LIKE.match(words))):
        mention.organisation, post = mention.organisation or words, ""
    if post and POST.search(post) and not post.endswith((" Ward", " Division")):
        _hold(mention, post)
    elif post:
        mention.extras.append(post)


def _hold(mention: Mention, post: str) -> None:
    """Add a post; it takes the place of the one that letters behind the name tell (guide A4)."""
    told_by_letters = mention.role in rules.OFFICE_SUFFIXES.values()
    mention.role = f"{mention.role}; {post}" if mention.role and not told_by_letters else post


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
    """Whether two titles cannot be one person's: Mr beside Mrs, Ms or Miss; a constable's beside a councillor's."""
    printed = [set((title or "").split()) for title in (one, other)]
    return any(len({kind for words in printed for kind in kinds if words & kinds[kind]}) > 1 for kinds in rules.KINDS)


def _nickname(one: str, other: str) -> bool:
    """ "Rob" for "Robert"."""
    short, long = sorted((one, other), key=len)
    return len(short) >= 3 and long.startswith(short)
