"""Documents are read in processes of their own, under limits; none is lost, none is waited for, none is left behind."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from minutebook.extract.facts import Facts
from minutebook.extract.pool import AHEAD, extract_all
from minutebook.extract.reading.limits import Limits
from minutebook.extract.worker import Failure, Job, whole
from minutebook.fixtures.hostile import hostile

ROOT = Path(__file__).parent.parent
PAPER = ROOT / "fixtures" / "papers" / "documents" / "scrutiny-2026-01-15-printed.pdf"
DECISIONS = ROOT / "fixtures" / "seeds" / "5-resolved.txt"
MINUTEBOOK = [sys.executable, "-m", "minutebook.pipeline"]
ROOMY, TIGHT = Limits(60, 700), Limits(2, 700)
# Fails the first time it is called, by the deed it is given, and gives a text when it is called again.
ONCE = "open(flag, 'rb').read() if __import__('os').path.exists(flag) else (open(flag, 'wb').write(b'It met.'), deed())"
# What must become of some hostile files (nothing: facts); of the others, any of these.
EXPECTED = {
    "5000-pages.pdf": "", "5001-pages.pdf": "too_long", "gigapixel.pdf": "", "endless-page.pdf": "", "deep-array.pdf": "",
    "looped-pages.pdf": "", "own-form.pdf": "", "encrypted.pdf": "encrypted", "cut-60.pdf": "damaged",
    "content-bomb.pdf": "worker_died", "laughing.docx": "damaged", "lying-bomb.docx": "damaged", "bomb.docx": "too_large",
    "laughing.xml": "damaged", "deep.xml": "damaged", "items.xml": "too_long", "deep.html": "too_deep", "spans.html": "",
    "one-line.txt": "too_long", "pages.txt": "too_long", "nulls.pdf": "empty", "nulls-after.txt": "unknown_format",
}  # fmt: skip
REFUSED = {*EXPECTED.values(), "timeout", "no_memory", "no_text"}


def outcomes(*loads: Callable[[], bytes], workers: int = 1, limits: Limits = ROOMY) -> list[Facts | Failure]:
    """What becomes of some documents, named by their places."""
    jobs = (Job(str(place), load, whole) for place, load in enumerate(loads))
    return list(extract_all(jobs, workers, limits))


def codes(found: list[Facts | Failure]) -> list[str]:
    """The code of each failure; nothing for facts."""
    return [outcome.code if isinstance(outcome, Failure) else "" for outcome in found]


def text(words: str) -> Callable[[], bytes]:
    """A document of one line."""
    return partial(words.encode)


def begun_by(process: int) -> list[int]:
    """The processes that a process has begun, and those that they have."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(process)], capture_output=True, text=True, check=False)
    return [found for child in map(int, listed.stdout.split()) for found in (child, *begun_by(child))]


def gone(process: int) -> bool:
    """Whether a process has ended, be it that nobody has asked for its exit code yet."""
    status = Path(f"/proc/{process}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z"


def wait_until(holds: Callable[[], object]) -> None:
    """Wait for something that is sure to come; pytest's time limit is the end of patience."""
    while not holds():
        time.sleep(0.05)


def test_outcomes_come_in_input_order() -> None:
    """Two workers give the facts of the documents in the order of the documents, though the first takes longest."""
    found = outcomes(PAPER.read_bytes, *(text(f"Paper {number}") for number in range(8)), workers=2)
    assert [""] * 9 == codes(found)
    assert [str(number) for number in range(9)] == [outcome.source for outcome in found]


def test_documents_are_fetched_as_they_are_needed() -> None:
    """However many documents there are, few of them wait."""
    asked: list[int] = []

    def endless() -> Iterator[Job]:
        while True:
            asked.append(1)
            yield Job("x", text("It met."), whole)

    found = extract_all(endless(), 1, Limits())
    next(found)
    assert AHEAD + 1 == len(asked)
    found.close()


def test_what_costs_too_much_costs_nothing_else() -> None:
    """A document that breaks its limits or its process is refused for good, with the reason; its neighbours are read."""
    loads = {
        "timeout": partial(time.sleep, 60),
        "no_memory": partial(bytes, 3 * 2**30),
        "worker_died": os.abort,
        "timeout again": partial(signal.raise_signal, signal.SIGSTOP),
    }
    found = outcomes(*(load for bad in loads.values() for load in (bad, text("It met."))), workers=2, limits=TIGHT)
    assert [code.split()[0] for code in loads] == codes(found[::2])
    assert [""] * len(loads) == codes(found[1::2])
    assert all(failure.lasting for failure in found[::2])
    for words, failure in zip(("2 seconds", "700 MB", "SIGABRT", "2 seconds"), found[::2], strict=True):
        assert words in failure.message


@pytest.mark.parametrize("deed", [os.abort, partial(time.sleep, 60)], ids=["crashed", "slow"])
def test_a_passing_fault_is_forgiven(tmp_path: Path, deed: Callable[[], object]) -> None:
    """A document that fails once for what may be the machine's fault is read at the second try."""
    once = partial(eval, ONCE, {"flag": str(tmp_path / "flag"), "deed": deed})
    assert ["", ""] == codes(outcomes(once, text("After"), limits=TIGHT))


def test_no_worker_outlives_the_reading() -> None:
    """At the end, and when nobody wants the rest, every process has ended, even in the middle of a document."""
    outcomes(*[text("It met.")] * 4, workers=2)
    assert [] == multiprocessing.active_children()
    found = extract_all(
        (Job("x", load, whole) for load in [text("It met."), *[partial(time.sleep, 60)] * 9]), 2, Limits()
    )
    next(found)
    assert multiprocessing.active_children()
    found.close()
    assert [] == multiprocessing.active_children()


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a worker ends with its document")
@pytest.mark.parametrize("signum", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT], ids=["kill", "term", "ctrl-c"])
def test_no_worker_outlives_its_parent(tmp_path: Path, signum: int) -> None:
    """Whatever ends the command ends its workers, in the middle of a document."""
    os.mkfifo(tmp_path / "endless.pdf")
    files = [tmp_path / "endless.pdf"] * 2
    process = subprocess.Popen(
        [*MINUTEBOOK, "extract", "--workers", "2", *files], stderr=subprocess.PIPE, start_new_session=True, text=True
    )
    wait_until(lambda: len(begun_by(process.pid)) == 4)  # two workers, and two helpers of multiprocessing
    started = begun_by(process.pid)
    if signum == signal.SIGINT:
        os.killpg(process.pid, signum)
    else:
        process.send_signal(signum)
    said = process.communicate(timeout=60)[1]
    wait_until(lambda: all(map(gone, started)))
    assert "Traceback" not in said
    assert (130 if signum == signal.SIGINT else -signum) == process.returncode


@pytest.mark.parametrize("setting", ["option", "variable", "file"])
def test_the_limits_are_settings(tmp_path: Path, setting: str) -> None:
    """A time limit from the command line, the environment or the settings file holds."""
    os.mkfifo(tmp_path / "endless.pdf")
    options = ["--time-limit", "1"] if setting == "option" else []
    variables = {"MINUTEBOOK_EXTRACT_TIME_LIMIT": "1"} if setting == "variable" else {}
    if setting == "file":
        (tmp_path / "minutebook.toml").write_text("[extract]\ntime_limit = 1\n")
    command = [*MINUTEBOOK, "extract", *options, "endless.pdf"]
    result = subprocess.run(
        command, cwd=tmp_path, env=os.environ | variables, capture_output=True, timeout=120, check=False
    )
    assert "timeout" == json.loads(result.stdout)["error"]["code"]
    assert 1 == result.returncode


def test_hostile_files_are_read_or_refused() -> None:
    """Bombs, mazes, lies and floods end in facts or in a reason, and the paper after each of them is read."""
    makers = hostile()
    loads = (load for make in makers.values() for load in (partial(bytes, make()), DECISIONS.read_bytes))
    found = outcomes(*loads, workers=2, limits=Limits(15, 400))
    ends = dict(zip(makers, codes(found[::2]), strict=True))
    assert set(ends.values()) <= REFUSED
    assert EXPECTED == {name: ends[name] for name in EXPECTED}
    assert {2} == {len(outcome.resolutions) for outcome in found[1::2] if isinstance(outcome, Facts)}
    assert {""} == set(codes(found[1::2]))
