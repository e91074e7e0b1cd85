"""One document at a time in a process of its own: what a stranger's file does to that process, it does to no other."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Lock
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from minutebook import MinutebookError
from minutebook.extract.errors import UnreadableDocument
from minutebook.extract.reading.limits import Limits

if TYPE_CHECKING:
    from multiprocessing.process import BaseProcess

    from minutebook.extract.facts import Facts

if sys.platform == "win32":
    CONTEXT = get_context("spawn")
else:
    # One process loads the libraries and forks the workers, so that the next one begins in a moment.
    CONTEXT = get_context("forkserver")
    CONTEXT.set_forkserver_preload(
        ["minutebook.extract.language", "minutebook.extract.output", "minutebook.extract.reading.pdf"]
    )
# Seconds that a new process may take to load its libraries: that is not the document's time.
START = 60.0
# Words once seen stay in spaCy's vocabulary, some 600 bytes each; a process that holds so many ends, and they with it.
WORN = 200_000
PR_SET_PDEATHSIG = 1  # prctl(2)


Outcome = TypeVar("Outcome")


def whole(data: bytes, source: str) -> Facts:
    """All that is to be read in a document, with its page texts."""
    from minutebook.extract import extract_bytes

    return extract_bytes(data, source, with_text=True)


@dataclass(frozen=True)
class Job(Generic[Outcome]):
    """A document, the name it is reported under; its bytes are had, and something is made of them, in the worker."""

    source: str
    load: Callable[[], bytes]
    make: Callable[[bytes, str], Outcome]


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


class Worker:
    """A process that reads one document at a time: begun when there is one, and anew after it was lost."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._process: BaseProcess | None = None
        self._pipe: Connection[Any, tuple[Any, bool]]
        self._lock = Lock()  # `kill` comes from another thread
        self._ended = False

    def read(self, job: Job[Outcome]) -> Outcome | Failure:
        """The outcome of a job, with code `timeout`, `no_memory` or `worker_died` where it cost too much."""
        try:
            pipe = self._started()
            pipe.send(job)
            if not pipe.poll(self._limits.seconds):
                raise TimeoutError
            outcome: Outcome | Failure
            outcome, worn = pipe.recv()
        except TimeoutError:
            message = f"It took more than {self._limits.seconds:g} seconds. To give it more, raise --time-limit."
            outcome, worn = Failure(job.source, "timeout", message), True
        except (EOFError, OSError):
            outcome, worn = Failure(job.source, "worker_died", self._cause_of_death()), True
        if worn:
            self.stop()
        return outcome

    def stop(self) -> None:
        """End the process; the next job has a new one."""
        with self._lock:
            if self._process:
                _end(self._process)
                self._process.join()
                self._process.close()
                self._pipe.close()
            self._process = None

    def kill(self) -> None:
        """End the process for good, in the middle of a document if need be. To be followed by `stop`."""
        with self._lock:
            self._ended = True
            if self._process:
                _end(self._process)

    def _started(self) -> Connection[Any, tuple[Any, bool]]:
        """The pipe to the process, which is begun where there is none. Raises `OSError` after `kill`."""
        with self._lock:
            if self._process:
                return self._pipe
            if self._ended:
                raise OSError("the worker has ended")
            self._pipe, theirs = CONTEXT.Pipe()
            process = CONTEXT.Process(target=_work, args=(theirs, self._limits), daemon=True)
            process.start()
            self._process = process
            theirs.close()
        if not self._pipe.poll(START):
            raise OSError("the worker does not start")
        self._pipe.recv()
        return self._pipe

    def _cause_of_death(self) -> str:
        """Both of the causes it can have, since the kernel and the libraries kill with the same signals."""
        how = "it did not start"
        if self._process:
            self._process.join(1)
            code = self._process.exitcode
            if code is not None:
                how = signal.Signals(-code).name if code < 0 else f"exit code {code}"
        return (
            f"The process that read it died ({how}): it needed more than {self._limits.megabytes:,} MB of memory, or"
            " more than the machine has (see --memory-limit), or a library broke on it. Please report it."
        )


def _work(pipe: Connection[Any, Any], limits: Limits) -> None:
    """The life of a process: load the libraries, then read what comes, until nobody asks any more."""
    _die_with_parent()
    if sys.platform != "win32":
        os.setpgid(0, 0)
    logging.disable()  # what libraries have to say of a damaged file helps nobody
    from minutebook.extract.language import pipeline

    vocabulary = pipeline().vocab
    _limit_memory(limits.megabytes * 2**20)
    with suppress(EOFError, OSError):  # the parent has gone
        pipe.send(None)
        while True:
            outcome = read_here(pipe.recv(), limits)
            pipe.send((outcome, len(vocabulary) > WORN))


def read_here(job: Job[Outcome], limits: Limits) -> Outcome | Failure:
    """Read one document. Whatever goes wrong with it is its own failure, never the night's."""
    try:
        return job.make(job.load(), job.source)
    except UnreadableDocument as error:
        return Failure(job.source, error.code, error.message)
    except MinutebookError as error:  # not the document's fault, so it is tried again
        return Failure(job.source, error.code, error.message, lasting=False)
    except MemoryError:
        message = f"It needs more than {limits.megabytes:,} MB of memory. To give it more, raise --memory-limit."
        return Failure(job.source, "no_memory", message)
    except Exception as error:
        # A stranger's file can break any library; the night goes on, and the reason says where to look.
        return Failure(job.source, "failed", f"Reading failed ({type(error).__name__}: {error}). Please report it.")


def leave_interrupts() -> None:
    """Leave Ctrl-C to the main thread: neither this thread hears it, nor a process that it begins."""
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])


def _end(process: BaseProcess) -> None:
    """End a process, and what it has started: Tesseract at work on a page."""
    if process.pid and sys.platform != "win32":
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def _die_with_parent() -> None:
    """Die when the parent dies: on Linux at once, elsewhere when the document is read."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _limit_memory(size: int) -> None:
    """Bound the data of this process, in bytes, and let it leave no core file; nothing on Windows.

    Data (heap and private maps) is what a document makes grow; address space would count libraries and reservations.
    """
    if sys.platform != "win32":
        import resource

        most = resource.getrlimit(resource.RLIMIT_DATA)[1]
        size = size if most == resource.RLIM_INFINITY else min(size, most)
        resource.setrlimit(resource.RLIMIT_DATA, (size, most))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
