"""The archive keeps bytes once, under their SHA-256, whatever happens."""

import hashlib
import multiprocessing
import os
import signal
import time
from pathlib import Path

import pytest

from minutebook import MinutebookError
from minutebook.crawlers.archive import Archive

HELLO = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"


def _files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def _put_for_ever(root: Path) -> None:
    """Keep new megabytes until killed."""
    archive, number = Archive(root), 0
    while True:
        archive.put(number.to_bytes(4, "big") * 250_000)
        number += 1


def test_put_returns_the_sha256_and_get_the_bytes(tmp_path: Path) -> None:
    """What is put comes back unchanged under its SHA-256."""
    archive = Archive(tmp_path / "archive")
    assert HELLO == archive.put(b"hello")
    assert b"hello" == archive.get(HELLO)
    assert HELLO in archive


def test_the_same_bytes_are_written_once(tmp_path: Path) -> None:
    """A second put of the same bytes leaves the file as it was."""
    archive = Archive(tmp_path)
    archive.put(b"hello")
    [file] = _files(tmp_path)
    os.utime(file, (1, 1))
    archive.put(b"hello")
    assert [file] == _files(tmp_path)
    assert 1 == file.stat().st_mtime


@pytest.mark.parametrize("name", ["../../etc/passwd", "", HELLO[:-1], HELLO.upper(), HELLO + "\n", f"{HELLO[:62]}/x"])
def test_only_a_sha256_names_a_file(tmp_path: Path, name: str) -> None:
    """Anything but 64 lower-case hexadecimal digits is refused before a path is made of it."""
    with pytest.raises(MinutebookError) as caught:
        Archive(tmp_path).get(name)
    assert "bad_sha256" == caught.value.code


def test_missing_bytes_say_what_to_do(tmp_path: Path) -> None:
    """Bytes that are not held are an error that names the archive and the next step."""
    with pytest.raises(MinutebookError, match=r"crawl again") as caught:
        Archive(tmp_path).get(HELLO)
    assert "not_archived" == caught.value.code
    assert HELLO not in Archive(tmp_path)


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    """Where no folder can be made, the error names the archive, and nothing is left behind."""
    blocked = tmp_path / "file"
    blocked.write_bytes(b"in the way")
    with pytest.raises(MinutebookError, match=str(blocked)) as caught:
        Archive(blocked).put(b"hello")
    assert "archive_unwritable" == caught.value.code
    assert [blocked] == _files(tmp_path)


def test_kill_leaves_no_half_file_under_a_name(tmp_path: Path) -> None:
    """After kill -9 in the middle of writing, every named file still holds what its name says."""
    process = multiprocessing.get_context("spawn").Process(target=_put_for_ever, args=(tmp_path,))
    process.start()
    while len(_files(tmp_path)) < 5:
        time.sleep(0.01)
    os.kill(process.pid, signal.SIGKILL)
    process.join()
    named = [file for file in _files(tmp_path) if not file.name.startswith(".")]
    assert [hashlib.sha256(file.read_bytes()).hexdigest() for file in named] == [file.name for file in named]
