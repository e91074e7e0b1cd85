"""Language: bytes in, facts out. Pure functions; knows nothing of the web or the database.

    from minutebook.extract import extract_bytes, extract_file

| read first | for |
|---|---|
| `reading/` | bytes to pages of canonical text (`document.py`) |
| `language.py` | the spaCy pipeline and the order of its components |
| `components/` | the extractors, one a kind of fact |
| `rules/` | what they look for: patterns as data, with examples. RESOLVED is in `rules/decisions.py` |
| `worker.py`, `pool.py` | documents in processes of their own, under limits |
| `facts.py`, `output.py` | the object that comes out |
| `evaluate.py` | how good it is |
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from minutebook.extract.files import file_bytes

if TYPE_CHECKING:
    from minutebook.extract.facts import Facts


def extract_bytes(data: bytes, source: str = "", *, with_text: bool = False) -> Facts:
    """The facts of a document. Raises `UnreadableDocument`, which says what is wrong with it.

    `source` is the name that the facts carry; `with_text` adds the canonical text in which the evidence counts.
    """
    from minutebook.extract.language import read_paper  # spaCy is loaded only when something is read
    from minutebook.extract.output import facts_of
    from minutebook.extract.reading import read

    return facts_of(read_paper(read(data, source)), with_text=with_text)


def extract_file(path: Path, *, with_text: bool = False) -> Facts:
    """The facts of a file. Raises `UnreadableDocument`."""
    return extract_bytes(file_bytes(str(path)), path.name, with_text=with_text)
