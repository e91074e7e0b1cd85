"""Language: bytes in, facts out. Pure functions; knows nothing of the web or the database.

    from minutebook.extract import extract_bytes, extract_file

| read first | for |
|---|---|
| `reading/` | bytes to pages of canonical text (`document.py`) |
| `language.py` | the spaCy pipeline and the order of its components |
| `components/` | the extractors, one a kind of fact |
| `packs.py` | a file of many papers, each read by itself |
| `rules/` | what they look for: patterns as data, with examples. RESOLVED is in `rules/decisions.py` |
| `showing/` | a quote back to its place: boxes and a picture of a PDF page, the element and a link of a web page |
| `worker.py`, `pool.py` | documents in processes of their own, under limits |
| `facts.py`, `output.py` | the object that comes out |
| `evaluate.py` | how good it is, by facts that were found by hand |
| `accuracy.py` | the page docs/accuracy.md |
| `confidence.py` | how sure a fact is, by how often its kin were right (`measured.json`) |
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
    from minutebook.extract.packs import read_pack
    from minutebook.extract.reading import read

    document = read(data, source)
    return facts_of(read_pack(document) or read_paper(document), with_text=with_text)


def extract_file(path: Path, *, with_text: bool = False) -> Facts:
    """The facts of a file. Raises `UnreadableDocument`."""
    return extract_bytes(file_bytes(str(path)), path.name, with_text=with_text)
