"""Many documents, one after another or in several processes, each with its facts or its reason, in input order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing import get_context

from minutebook import MinutebookError
from minutebook.extract import extract_bytes
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.facts import Facts

# How many documents wait in the pool for each worker: enough to keep it busy, few enough to keep memory flat.
AHEAD = 2


@dataclass(frozen=True)
class Job:
    """A document to read: the name it is reported under, and how its bytes are had (in the worker)."""

    source: str
    load: Callable[[], bytes]


@dataclass(frozen=True)
class Failure:
    """A document that was not read. What is `lasting` lies in its bytes, so reading it again would not help."""

    source: str
    code: str
    message: str
    lasting: bool = True

    def as_dict(self) -> dict[str, object]:
        """The contract's error object."""
        return {"source": self.source, "error": {"code": self.code, "message": self.message}}


def run_job(job: Job) -> Facts | Failure:
    """Read one document, with its page texts. Whatever goes wrong with it is its own failure, never the night's."""
    try:
        return extract_bytes(job.load(), job.source, with_text=True)
    except UnreadableDocument as error:
        return Failure(job.source, error.code, error.message)
    except MinutebookError as error:  # not the document's fault, so it is tried again
        return Failure(job.source, error.code, error.message, lasting=False)
    except MemoryError:
        return Failure(job.source, "no_memory", "There was not memory enough to read it.", lasting=False)
    except Exception as error:
        # A stranger's file can break any library; the night goes on, and the reason says where to look.
        return Failure(job.source, "failed", f"Reading failed ({type(error).__name__}: {error}). Please report it.")


def extract_all(jobs: Iterable[Job], workers: int = 1) -> Iterator[Facts | Failure]:
    """The outcome of each job, in the order of the jobs. One worker means this process."""
    if workers <= 1:
        yield from map(run_job, jobs)
        return
    with ExitStack() as stack:
        pool: Executor = stack.enter_context(ProcessPoolExecutor(workers, mp_context=get_context("spawn")))
        stack.callback(pool.shutdown, wait=False, cancel_futures=True)
        waiting: list[tuple[Job, Future[Facts | Failure]]] = []
        for job in jobs:
            waiting.append((job, _submitted(pool, job)))
            if len(waiting) > AHEAD * workers:
                yield _outcome(*waiting.pop(0))
        for job, future in waiting:
            yield _outcome(job, future)


def _submitted(pool: Executor, job: Job) -> Future[Facts | Failure]:
    try:
        return pool.submit(run_job, job)
    except BrokenProcessPool as error:
        future: Future[Facts | Failure] = Future()
        future.set_exception(error)
        return future


def _outcome(job: Job, future: Future[Facts | Failure]) -> Facts | Failure:
    """What became of a job; a worker that dies takes the jobs that wait with it, and they are tried again next time."""
    try:
        return future.result()
    except BrokenProcessPool:
        return Failure(
            job.source,
            "worker_died",
            "The process that read it died. Run again; report it if it recurs.",
            lasting=False,
        )
