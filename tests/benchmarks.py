"""`make bench`: how fast papers are read and the site answers, as ratios in one run. Prints docs/benchmarks.md.

Times are of the processor, and each is the least of several runs, taken in turn, so that the rest of what the machine
does tells as little as possible.
"""

from __future__ import annotations

import io
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
from benchmark_site import the_site

from minutebook.extract import extract_bytes
from minutebook.extract.reading import read

ROOT = Path(__file__).parent.parent
SETS = {
    "the invented papers": ROOT / "fixtures",
    "24 public papers (not in this repository)": ROOT.parent / "shared" / "gold" / "documents",
}
COMMAND = str(Path(sys.executable).parent / "minutebook")
ROUNDS = 5
PACK_PAGES = 1000
HEAD = """# Benchmarks

Made by `make bench`; run it on your own machine, since only the ratios carry over. All times are of one core.

The aims are (c) at 1.5 x (a), (d) at 3 x (a) and 12 times as fast as (b). What stands between (c) and (a): PDFium gives the
text of a page in one call, but the place of a word in two, and to ask for all of them costs half as much again as the text;
lines, tables and paragraphs, in Python, cost the rest. What stands between (d) and (c) is some 400 searches a page for rules.
"""


def main() -> None:
    """Print the report."""
    print(HEAD)
    print(f"Here: {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}.\n")
    print("## Speed\n")
    speed()
    print("\n## Start-up\n")
    start_up()
    print("\n## Memory\n")
    memory()
    print("\n## Two workers\n")
    two_workers()
    print("\n## The site\n")
    the_site()


# --- speed --------------------------------------------------------------------------------------------------------


def by_pdfium(data: bytes) -> None:
    """(a): the text of every page, nothing else."""
    with closing(pdfium.PdfDocument(data)) as pdf:
        for number in range(len(pdf)):
            with closing(pdf[number]) as page, closing(page.get_textpage()) as text:
                text.get_text_bounded()


def by_pdfplumber(data: bytes) -> None:
    """(b): the text of every page, laid out."""
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()


def by_reading(data: bytes) -> None:
    """(c): our reading, to pages of canonical text and their blocks."""
    read(data)


def by_extracting(data: bytes) -> None:
    """(d): all that `minutebook extract` does with a document, its line of JSON included."""
    extract_bytes(data).model_dump_json(by_alias=True)


WAYS: dict[str, Callable[[bytes], None]] = {
    "(a) PDFium, text only": by_pdfium,
    "(b) pdfplumber, `extract_text`": by_pdfplumber,
    "(c) our reading": by_reading,
    "(d) the whole of `minutebook extract`": by_extracting,
}


def papers(folder: Path) -> list[bytes]:
    """The PDFs of a set that can be read."""
    return [path.read_bytes() for path in sorted(folder.rglob("*.pdf")) if "bad" not in path.parts]


def speed() -> None:
    """The four ways over each set."""
    for name, folder in SETS.items():
        if not folder.is_dir():
            print(f"\n({name}: not here)")
            continue
        found = papers(folder)
        pages = sum(len(pdfium.PdfDocument(data)) for data in found)
        best = dict.fromkeys(WAYS, float("inf"))
        for turn in range(ROUNDS):
            for way, run in WAYS.items():
                if turn == 0 or run is not by_pdfplumber:  # it is slow, and its ratio is large
                    best[way] = min(best[way], seconds(run, found))
        print(f"{name}: {len(found)} PDFs, {pages} pages\n")
        print("| way | ms a page | x (a) | (b) is slower by |\n|---|---|---|---|")
        text, layout = best["(a) PDFium, text only"], best["(b) pdfplumber, `extract_text`"]
        for way, spent in best.items():
            print(f"| {way} | {1000 * spent / pages:.2f} | {spent / text:.1f} | {layout / spent:.1f} |")
        print()


def seconds(run: Callable[[bytes], None], found: list[bytes]) -> float:
    """Processor time over all papers."""
    began = time.process_time()
    for data in found:
        run(data)
    return time.process_time() - began


# --- the command --------------------------------------------------------------------------------------------------


def start_up() -> None:
    """How long until something is seen: the least of several runs."""
    with tempfile.TemporaryDirectory() as folder:
        short = Path(folder) / "short.txt"
        short.write_text("MINUTES of the Harbour Panel\nPresent: Cllr Ida Rowe\nRESOLVED: That the report be noted.\n")
        print("| command | seconds |\n|---|---|")
        print(f"| `minutebook --help` | {wall('--help'):.2f} |")
        print(f"| `minutebook extract` of three lines of text | {wall('extract', str(short)):.2f} |")


def wall(*arguments: str, rounds: int = ROUNDS) -> float:
    """The least time of the clock that a command takes."""
    times = []
    for _ in range(rounds):
        began = time.perf_counter()
        subprocess.run([COMMAND, *arguments], stdout=subprocess.DEVNULL, check=True)
        times.append(time.perf_counter() - began)
    return min(times)


def memory() -> None:
    """The most memory that any process of a command held, for a long pack and for many documents."""
    source = SETS["the invented papers"] / "papers" / "documents"
    few = [str(path) for path in sorted(source.glob("*.pdf"))]
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder) / "pack.pdf"
        make_pack(pack, few)
        runs = {f"one pack of {PACK_PAGES:,} pages": [str(pack)], f"{len(few)} papers": few}
        runs[f"{20 * len(few)} papers"] = 20 * few
        print("| `minutebook extract` of | MB |\n|---|---|")
        for name, files in runs.items():
            print(f"| {name} | {peak(files)} |", flush=True)


def make_pack(path: Path, sources: list[str]) -> None:
    """One PDF of many pages, of the pages of others again and again."""
    with closing(pdfium.PdfDocument.new()) as pack:
        while len(pack) < PACK_PAGES:
            for source in sources:
                with closing(pdfium.PdfDocument(source)) as paper:
                    pack.import_pages(paper, list(range(min(len(paper), PACK_PAGES - len(pack)))))
        pack.save(path)


def peak(files: list[str]) -> int:
    """The most resident memory in MB that any process of the command ever held."""
    most = 0
    with subprocess.Popen([COMMAND, "extract", *files], stdout=subprocess.DEVNULL, start_new_session=True) as process:
        while process.poll() is None:
            most = max([most, *(high_water(entry) for entry in members(process.pid))])
            time.sleep(0.05)
    return most // 1024


def members(session: int) -> Iterator[Path]:
    """The entries in /proc of the processes of a session."""
    for entry in Path("/proc").glob("[0-9]*"):
        with suppress(OSError, IndexError):
            if entry.joinpath("stat").read_text().rsplit(")", 1)[1].split()[3] == str(session):
                yield entry


def high_water(entry: Path) -> int:
    """The peak resident memory of a process in kB; 0 if it has gone."""
    with suppress(OSError):
        for line in entry.joinpath("status").read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    return 0


def two_workers() -> None:
    """The clock with one worker and with two, over the larger set, less what starting up takes."""
    folder = next(folder for folder in reversed(SETS.values()) if folder.is_dir())
    files = 8 * [str(path) for path in sorted(folder.rglob("*.pdf")) if "bad" not in path.parts]
    began, *times = (wall("extract", "--workers", workers, *given, rounds=2) for workers, given in _settings(files))
    one, two = (spent - began for spent in times)
    print("| | seconds, start-up apart |\n|---|---|")
    print(f"| one worker | {one:.1f} |\n| two workers | {two:.1f} |\n| faster by | {one / two:.2f} |")


def _settings(files: list[str]) -> Iterator[tuple[str, list[str]]]:
    shortest = min(files, key=lambda name: Path(name).stat().st_size)
    yield "2", [shortest, shortest]
    yield "1", files
    yield "2", files


if __name__ == "__main__":
    main()
