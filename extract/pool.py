"""Many documents in several worker processes, each with its facts or its reason, in input order."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from multiprocessing import resource_tracker
from queue import SimpleQueue
from typing import Generic

from minutebook.extract.reading.limits import Limits
from minutebook.extract.worker import Failure, Job, Outcome, Worker, leave_interrupts

# How many documents wait for each worker: enough to keep it busy, few enough to keep memory flat.
AHEAD = 2
# Failures for which other documents, or the machine, may be to blame.
DOUBTFUL = frozenset(("timeout", "no_memory", "worker_died"))


def extract_all(jobs: Iterable[Job[Outcome]], workers: int, limits: Limits) -> Iterator[Outcome | Failure]:
    """The outcome of each job, in the order of the jobs. Closing the iterator ends every worker at once."""
    with ExitStack() as stack:
        readers = _Readers[Outcome](stack, workers, limits)
        for job in jobs:
            readers.add(job)
            if len(readers.waiting) > AHEAD * workers:
                yield readers.first()
        while readers.waiting:
            yield readers.first()


class _Readers(Generic[Outcome]):
    """Workers, each with a thread that waits for it, and the jobs whose outcomes nobody has asked for yet."""

    def __init__(self, stack: ExitStack, workers: int, limits: Limits) -> None:
        self.waiting: deque[tuple[Job[Outcome], Future[Outcome | Failure]]] = deque()
        self._idle: SimpleQueue[Worker] = SimpleQueue()
        # Begun by one of the threads, it would let interrupts through to that thread's processes again.
        resource_tracker.ensure_running()
        self._threads = ThreadPoolExecutor(workers, initializer=leave_interrupts)
        crew = [Worker(limits) for _ in range(workers)]
        for worker in crew:
            self._idle.put(worker)
            stack.callback(worker.stop)
        # Undone from the last: take no more jobs, end the processes, and so the threads that wait for them.
        stack.callback(self._threads.shutdown)
        for worker in crew:
            stack.callback(worker.kill)
        stack.callback(self._threads.shutdown, wait=False, cancel_futures=True)

    def add(self, job: Job[Outcome]) -> None:
        """Have a job done when a worker is free."""
        self.waiting.append((job, self._threads.submit(self._read, job)))

    def first(self) -> Outcome | Failure:
        """The outcome of the job that has waited longest.

        What cost too much is read once more, alone and in a new process, before that is held against it.
        """
        job, future = self.waiting.popleft()
        import minutebook.extract.facts  # noqa: F401  what comes back: loaded while the worker loads its own

        outcome = future.result()
        if isinstance(outcome, Failure) and outcome.code in DOUBTFUL:
            wait(later for _, later in self.waiting)
            outcome = self._threads.submit(self._read, job, anew=True).result()
        return outcome

    def _read(self, job: Job[Outcome], anew: bool = False) -> Outcome | Failure:
        worker = self._idle.get()
        try:
            if anew:
                worker.stop()
            return worker.read(job)
        finally:
            self._idle.put(worker)
