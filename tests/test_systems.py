"""A night over councils of every system: found, read and published side by side, and unchanged by a second night."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from minutebook.crawlers.registry import authority_from, entry_of
from minutebook.fixtures import AUTHORITY, cmis_site, jadu_site, parish_site
from minutebook.fixtures.server import CountyServer


@pytest.fixture
def settings(tmp_path: Path) -> Any:
    """A settings file with one council of each system, all on one server."""
    with CountyServer() as server:
        councils = [
            AUTHORITY | {"base_url": server.base_url},
            cmis_site.AUTHORITY | {"base_url": server.origin + cmis_site.PREFIX},
            jadu_site.AUTHORITY | {"base_url": f"{server.origin}{jadu_site.PREFIX}meetings/"},
            parish_site.AUTHORITY | {"base_url": server.origin + parish_site.PREFIX},
        ]
        entries = "\n".join(entry_of(authority_from(council)) for council in councils)
        (tmp_path / "minutebook.toml").write_text(f"{entries}\n[crawl]\ndelay = 0\n")
        yield tmp_path


def _night(folder: Path) -> dict[str, int]:
    """Meetings, documents and resolutions of each authority after a night."""
    command = [sys.executable, "-m", "minutebook.pipeline", "nightly"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=280, check=False)
    assert 0 == result.returncode, result.stderr
    with closing(sqlite3.connect(folder / "data" / "store.db")) as store:
        counted = {
            f"{code}: {table}": count
            for table in ("meetings", "documents", "resolutions")
            for code, count in store.execute(
                f"SELECT code, count(*) FROM {table} t JOIN authorities a ON a.id = t.authority_id GROUP BY code"
            )
        }
        versions = store.execute("SELECT count(*) FROM document_versions").fetchone()[0]
    return counted | {"versions": versions}


def test_a_night_over_every_system(settings: Path) -> None:
    """Each council has its meetings, its papers and what was resolved; the second night adds nothing."""
    first = _night(settings)
    for council in (AUTHORITY, cmis_site.AUTHORITY, jadu_site.AUTHORITY, parish_site.AUTHORITY):
        for table in ("meetings", "documents", "resolutions"):
            assert 0 < first.get(f"{council['code']}: {table}", 0), (council["code"], table)
    assert first == _night(settings)
