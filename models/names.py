"""Which names are one person: by the name alone, and never two people who merely might be one."""

from __future__ import annotations

import re
from collections.abc import Iterable

from minutebook.extract.matching import bare_name, name_words, names_match

_HONOURS = re.compile(r"(?:[,\s]+(?:OBE|MBE|CBE|BEM|QPM|KPM|JP|DL|QC|KC|TD|CC|AM|MS|MSP|MLA|MP|MEP))+$")


def plain_name(name: str) -> str:
    """A name as printed without the titles before it, the brackets and the honours after it."""
    without_brackets = " ".join(re.sub(r"\([^)]*\)", " ", name).split())
    return _HONOURS.sub("", bare_name(without_brackets)).strip(" ,")


def folded_name(name: str) -> str:
    """What tells people apart within an authority: the words of the name, without titles, case and accents."""
    return " ".join(name_words(plain_name(name)))


def people_of(names: Iterable[str]) -> dict[str, str]:
    """For each folded name used in one meeting, the fullest name of its person.

    "Hale" and "O Hale" are Oswin Hale where nobody else there could be meant; where two could, they stay themselves.
    """
    people: list[str] = []
    person_of: dict[str, str] = {}
    for name in sorted(set(names), key=lambda name: (-len(name), name)):
        # equal surnames end alike; asking that first makes a full council quick
        alike = [person for person in people if person[-1] == name[-1] and names_match(person, name)]
        if len(alike) != 1:
            people.append(name)
        person_of[name] = alike[0] if len(alike) == 1 else name
    return person_of
