"""Papers spoiled at random, for a bounded time: each is read, and quotes itself truly, or is refused with a reason.

MINUTEBOOK_FUZZ_SECONDS says for how long, and that it be other spoilage each time: `make fuzz`.
"""

import os
import re
import time
import zipfile
from collections.abc import Iterator
from functools import partial
from io import BytesIO
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from minutebook.extract.reading.limits import Limits
from minutebook.extract.worker import Failure, Job, Worker, whole
from minutebook.fixtures.hostile import hostile

FIXTURES = Path(__file__).parent.parent / "fixtures"
LONG = float(os.environ.get("MINUTEBOOK_FUZZ_SECONDS", 0))
IN_CI = 40.0
LARGEST = 40_000
SMALL = (
    "claimed-pages.pdf",
    "looped-pages.pdf",
    "own-form.pdf",
    "laughing.docx",
    "laughing.xml",
    "cut.docx",
    "encrypted.pdf",
)
NUMBERS = (b"0", b"-1", b"1e38", b"65536", b"2147483648", b"4294967295", b"99999999999999999999", b"0.0000001")
# What means something to one of the readers, or to the rules.
TOKENS = (
    b"<<", b">>", b"[", b"]", b"(", b")", b"\\", b"stream\n", b"endstream", b"endobj", b"obj", b" 0 R", b"1 0 R", b"%%EOF", b"xref",
    b"/Kids", b"/Count -1", b"/Length 999999999", b"/Filter/FlateDecode", b"/Filter/LZWDecode", b"/Rotate 90", b"/MediaBox[0 0 0 0]",
    b" Tj ", b" cm ", b" re ", b" S ", b" q ", b" Q ", b" Do ", b" /F1 900 Tf ", b" 1 0 0 1 -5000 9000 Tm ", b" 3 Tr ", b" TJ ",
    b"<p>", b"</p>", b"<table>", b"<tr>", b"<td>", b"</div>", b"<!--", b"]]>", b"&amp;#0;", b"&#55296;", b"&lt;", b"<![CDATA[", b"<?x", b"</agendaitem>",
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xae", b"\xe2\x80\xa8", b"\xcc\x81", b"\f", b"\r", b"\t", b"\n", b"\n\n", b" " * 200,
    b"RESOLVED: That ", b"RECOMMENDED ", b"Present: ", b"Cllr ", b"Action: ", b"(a) ", b"1. ", b"Apologies ", b" moved by ", b" 31 February 2026 ", b"Page 1 of 2",
)  # fmt: skip


def word_file() -> bytes:
    """A small Word document with a heading, a list, a table and a decision."""
    word = docx.Document()
    word.add_heading("Minutes of the Panel")
    table = word.add_table(rows=2, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Cllr Ada Rae", "Chair"
    word.add_paragraph("The clerk would mend the gate.", style="List Bullet")
    word.add_paragraph("RESOLVED: That the report be noted.")
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def papers() -> dict[str, bytes]:
    """What is spoiled: every fixture, a Word document, and the small hostile files. No printed paper is compressed."""
    folders = (FIXTURES / "papers" / "documents", FIXTURES / "seeds", FIXTURES / "bad")
    found = {path.name: path.read_bytes() for folder in folders for path in sorted(folder.iterdir())}
    return found | {"word.docx": word_file()} | {name: make() for name, make in hostile().items() if name in SMALL}


PAPERS = papers()
EDIT = st.tuples(
    st.sampled_from(("flip", "cut", "double", "move", "put", "number")),
    st.integers(0, LARGEST),
    st.integers(0, LARGEST),
    st.integers(1, 300),
    st.sampled_from(TOKENS),
)


def spoil(data: bytes, edits: list[tuple[str, int, int, int, bytes]]) -> bytes:
    """The bytes after some edits; places beyond the end count from the beginning again."""
    body = bytearray(data)
    for kind, at, other, size, token in edits:
        at, other = at % (len(body) + 1), other % (len(body) + 1)
        if kind == "flip":
            body[at : at + 1] = bytes([size % 256])
        elif kind == "cut":
            del body[at : at + size]
        elif kind == "double":
            body[at:at] = body[other : other + size] * (1 + size % 7)
        elif kind == "move":
            body[at : at + size] = body[other : other + size]
        elif kind == "put":
            body[at:at] = token
        elif number := re.compile(rb"\d+").search(body, at):
            body[number.start() : number.end()] = NUMBERS[size % len(NUMBERS)]
    return bytes(body)


def spoil_packed(data: bytes, edits: list[tuple[str, int, int, int, bytes]]) -> bytes:
    """A Word file whose text is spoiled before it is packed, so that more than its checksum is tried."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, spoil(part, edits) if name == "word/document.xml" else part)
    return out.getvalue()


@pytest.fixture(scope="module")
def worker() -> Iterator[Worker]:
    """A process that reads, so that what kills it is a failure of the test and not its end."""
    worker = Worker(Limits(20, 1000))
    yield worker
    worker.stop()


def check(outcome: object) -> None:
    """Facts quote the text they come from; a document that is not read is refused for what it is."""
    if isinstance(outcome, Failure):
        assert outcome.code not in ("failed", "timeout", "no_memory", "worker_died"), outcome
        return
    facts = outcome.model_dump(mode="json")
    pages = facts["page_texts"]
    lists = ("attendees", "resolutions", "recommendations", "actions", "items")
    for evidence in (place for name in lists for row in facts[name] for place in row["evidence"]):
        assert evidence["quote"]
        assert evidence["quote"] == pages[evidence["page"] - 1][evidence["start"] : evidence["end"]]


def test_spoiled_papers_are_read_or_refused(worker: Worker) -> None:
    """Whatever is cut from a paper or put into it, it gives facts that quote it, or a reason; and no process dies."""

    @settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.sampled_from(sorted(PAPERS)), st.lists(EDIT, min_size=1, max_size=12), st.booleans())
    def some(name: str, edits: list[tuple[str, int, int, int, bytes]], unpacked: bool) -> None:
        spoiler = spoil_packed if unpacked and name == "word.docx" else spoil
        data = spoiler(PAPERS[name], edits)
        check(worker.read(Job(name, partial(bytes, data), whole)))

    start, first = time.monotonic(), int(time.time()) if LONG else 0
    rounds = 0
    while time.monotonic() - start < (LONG or IN_CI):
        seed(first + rounds)(some)()
        rounds += 1
    assert rounds
