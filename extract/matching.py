"""When two readings agree: words, names and labels compared as the guide scores them (8.7)."""

import re
import string
import unicodedata
from collections import Counter
from collections.abc import Sequence

TEXT_F1 = 0.7
LABEL_F1 = 0.6
OPENING_WORDS = 8
CLOSING_WORDS = 5
LONGEST = 1.5  # times the wanted number of words

_CHARACTERS = str.maketrans({**dict.fromkeys("‘’‛", "'"), **dict.fromkeys("“”„", '"'), **dict.fromkeys("‐‑‒–—−", "-")})
_SPACE_BEFORE_STOP = re.compile(r" (?=[.,;:])")
_EDGES = string.punctuation + "•·"
_ALIKE = {"councillor": "cllr", "councillors": "cllr", "alderman": "ald", "aldermen": "ald"}
_GLUED_INITIALS = re.compile(r"\b[A-Z]{2,3}(?=\s)")
_PARTICLES = re.compile(r"\b(van|der|den|von|de|du|la|le|ab|ap|mc) +(?=\w)")
_TITLE = re.compile(
    r"(?:the|and|(?:county |city |district |town |parish |community )?(?:councillor|cllr)s?|ald(?:erman)?|bailie"
    r"|provost|canon|mr|mrs|ms|miss|mx|dr|prof(?:essor)?|sir|dame|lord|lady|rev(?:erend)?|fr|col"
    r"|pc|pcso|sgt|insp(?:ector)?|chief inspector|ch insp|(?:chief )?superintendent|supt|acc|dcc|aco|cfo)\.?\s+",
    re.IGNORECASE,
)


def fold(text: str) -> str:
    """The text with whitespace, quotes and dashes made plain and no space before a stop."""
    return _SPACE_BEFORE_STOP.sub("", " ".join(text.translate(_CHARACTERS).split()))


def words(text: str) -> list[str]:
    """Runs of non-space characters after folding, without punctuation at their edges; case is kept."""
    return [word for run in fold(text).split() if (word := run.strip(_EDGES))]


def token_f1(found: Sequence[str], wanted: Sequence[str]) -> float:
    """Overlap of two bags of words, 0 to 1: twice the shared words by all the words."""
    if not found or not wanted:
        return float(not found and not wanted)
    shared = (Counter(found) & Counter(wanted)).total()
    return 2 * shared / (len(found) + len(wanted))


def holds_ends(found: str, first: str, last: str, length: int) -> bool:
    """Whether the text has the opening and closing words, in that order, and at most 1.5 times `length` words."""
    inside = words(found)
    line, opening, closing = (f" {' '.join(part)} " for part in (inside, words(first), words(last)))
    return opening in line and line.find(opening) <= line.rfind(closing) and len(inside) <= LONGEST * length


def texts_match(found: str, wanted: str) -> bool:
    """Whether two clauses are one row: token F1 of 0.7, or both ends of the wanted one in 1.5 times its length."""
    whole = words(wanted)
    if token_f1(words(found), whole) >= TEXT_F1:
        return True
    ends = " ".join(whole[:OPENING_WORDS]), " ".join(whole[-CLOSING_WORDS:])
    return bool(whole) and holds_ends(found, *ends, len(whole))


def names_match(one: str, other: str) -> bool:
    """Whether two names may be one person: equal surnames, and no conflict of given names or initials.

    A surname may be one word here and two there: O Dowd and O'Dowd, Harbin-Crowe and Harbin Crowe.
    """
    left, right = name_words(one), name_words(other)
    tails = [(i, -1) for i in range(-len(left), 0)] + [(-1, j) for j in range(-len(right), -1)]
    return bool(left and right) and any(
        "".join(left[i:]) == "".join(right[j:]) and _given_agree(left[:i], right[:j]) for i, j in tails
    )


def name_words(name: str) -> list[str]:
    """The words of a name, initials set apart, particles joined on; accents, hyphens and nicknames dropped."""
    if not name.isupper():
        name = _GLUED_INITIALS.sub(lambda initials: " ".join(initials[0]), name)
    plain = unicodedata.normalize("NFKD", re.sub(r"\([^)]*\)", " ", fold(name)).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return _PARTICLES.sub(r"\1", re.sub(r"['`-]", "", plain).replace(".", " ").replace(",", " ")).split()


def _given_agree(left: Sequence[str], right: Sequence[str]) -> bool:
    pairs = zip(left, right, strict=False)
    return all(a == b or (1 in (len(a), len(b)) and a[0] == b[0]) for a, b in pairs)


def bare_name(name: str) -> str:
    """The name or office without "the" and the titles before it."""
    name = fold(name)
    while title := _TITLE.match(name):
        name = name[title.end() :]
    return name


def labels_agree(found: str, wanted: str) -> bool:
    """Whether two titles, roles or organisations agree: token F1 of 0.6; Councillor and Cllr are one word."""
    return token_f1(label_words(found), label_words(wanted)) >= LABEL_F1


def label_words(label: str) -> list[str]:
    """The words of a title, role or organisation: case and stops dropped, Councillor written Cllr."""
    return [_ALIKE.get(word, word) for word in words(label.casefold())]


def people_agree(found: str, wanted: str) -> bool:
    """Whether two "; " lists name the same people or offices, titles apart, in any order."""
    left, right = ([bare_name(person) for person in people.split(";")] for people in (found, wanted))
    return len(left) == len(right) and all(any(_same_person(a, b) for a in left) for b in right)


def _same_person(one: str, other: str) -> bool:
    return names_match(one, other) or labels_agree(one, other)
