"""The store: how it is opened and written, the log of runs, and what `status` tells."""

import multiprocessing
import sqlite3

import pytest
from sqlalchemy import select, text
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import IntegrityError
from sqlalchemy.schema import CreateTable

from minutebook.models import load
from minutebook.models.base import Base, stable_id
from minutebook.models.errors import StoreError
from minutebook.models.people import Person
from minutebook.models.readings import SetAside
from minutebook.models.runs import finish_run, start_run
from minutebook.models.status import status
from minutebook.models.store import open_store
from minutebook.models.writing import keep, transaction


def test_sqlite_is_tuned_on_every_connection(session):
    """Readers are let in while it is written, foreign keys hold, and a lock is waited for."""
    pragmas = {
        name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys", "busy_timeout")
    }
    expected = {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30000}
    assert expected == pragmas
    with pytest.raises(StoreError, match="FOREIGN KEY"), transaction(session):
        keep(session, Person, [{"id": 1, "authority_id": 404, "folded_name": "ida rowe", "name": "Ida Rowe"}])


def test_natural_keys_are_unique(session):
    """A second row for the same authority and name is refused by the database itself."""
    authority_id = stable_id("authority", "northmere")
    with pytest.raises(IntegrityError):
        for person_id in (1, 2):
            person = Person(id=person_id, authority_id=authority_id, folded_name="ida rowe", name="Ida Rowe")
            session.add(person)
            session.flush()


def test_a_failed_transaction_leaves_nothing(session):
    """Whatever happens inside, all of it is kept or none."""
    row = {"id": 1, "sha256": "ab", "extractor": "0.1.0", "code": "empty", "message": "The file is empty."}
    with pytest.raises(KeyboardInterrupt), transaction(session):
        keep(session, SetAside, [row])
        raise KeyboardInterrupt
    assert session.scalars(select(SetAside)).all() == []


def test_a_store_of_an_earlier_version_gets_the_columns_it_lacks(session, store_url):
    """What was added to a table since is there after opening, empty in the rows that were there before."""
    with transaction(session):
        session.execute(text("ALTER TABLE people DROP COLUMN name"))
        session.execute(text("ALTER TABLE resolutions DROP COLUMN mover"))
    session.close()
    with open_store(store_url) as reopened:
        assert [] == reopened.execute(text("SELECT people.name, mover FROM people, resolutions")).all()


def test_a_reader_is_told_when_there_is_no_store(tmp_path):
    """Opening to read makes no empty file; the error says what to run."""
    with (
        pytest.raises(StoreError, match="Run `minutebook crawl` first"),
        open_store(f"sqlite:///{tmp_path}/none.db", readonly=True),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("url", ["nonsense", "sqlite:////proc/none/store.db", "postgresql+nothing://me:secret@x"])
def test_a_store_that_cannot_be_opened(url):
    """A wrong address or place is an error for people, and shows no password."""
    with pytest.raises(StoreError, match="cannot be opened") as caught, open_store(url):
        pass
    assert "secret" not in caught.value.message


def test_another_process_reads_one_moment_while_it_is_written(session, store_url, make):
    """A reader neither waits for a writer nor sees the half of its work."""
    with transaction(session):
        keep(session, SetAside, [{"id": 1, "sha256": "ab", "extractor": "0", "code": "empty", "message": "Empty."}])
        with open_store(store_url, readonly=True) as reader:
            assert reader.scalars(select(SetAside)).all() == []


def write_many(url, name):
    """Store thirty documents set aside, each in its own transaction."""
    with open_store(url) as session:
        for number in range(30):
            load.set_aside(session, f"{name}-{number}", "0.1.0", "empty", "The file is empty.")


def test_two_processes_may_write(session, store_url):
    """Writers wait for each other; none fails and nothing is lost."""
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=write_many, args=(store_url, name)) for name in ("a", "b")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert {f"{name}-{number}" for name in "ab" for number in range(30)} == set(
        session.scalars(select(SetAside.sha256))
    )


def test_every_table_can_be_made_in_postgresql():
    """No type or constraint is SQLite's own; ids and JSON are what PostgreSQL can index and compare."""
    dialect = postgresql.dialect()
    statements = [str(CreateTable(table).compile(dialect=dialect)) for table in Base.metadata.sorted_tables]
    assert all("id BIGINT NOT NULL" in made or "id SERIAL NOT NULL" in made for made in statements)
    assert "facts JSONB" in next(made for made in statements if "CREATE TABLE readings" in made)
    upsert = insert(Person.__table__).on_conflict_do_update(index_elements=["id"], set_={"name": "x"})
    assert "ON CONFLICT (id) DO UPDATE" in str(upsert.compile(dialect=dialect))


def test_a_database_we_cannot_upsert_in_is_refused():
    """The error names what can be used."""
    with pytest.raises(StoreError, match="sqlite or postgresql, not oracle"), open_store("oracle://x"):
        pass


def test_runs_are_logged_and_an_unfinished_one_is_interrupted(session):
    """A run that was killed is told from one that goes on, once the next of its stage begins."""
    killed, other = start_run(session, "crawl"), start_run(session, "publish")
    run = start_run(session, "crawl")
    error = {"authority": "northmere", "location": "https://x/m", "code": "http_500", "message": "The server failed."}
    finish_run(session, run, "failed", {"meetings": 3}, [error])
    told = status(session)
    states = {row["id"]: (row["stage"], row["state"], row["counts"]) for row in told["runs"]}
    expected = {
        killed: ("crawl", "interrupted", {}),
        other: ("publish", "running", {}),
        run: ("crawl", "failed", {"meetings": 3}),
    }
    assert expected == states
    broken = {"location": "https://x/m", "code": "http_500", "message": "The server failed."}
    assert {"northmere": [broken]} == told["authorities_with_errors"]
    finish_run(session, start_run(session, "crawl"), "finished")
    assert status(session)["authorities_with_errors"] == {}


def test_status_counts_and_names_what_is_wrong(session, stored, make):
    """Counts by table, documents set aside with their reason, and documents of meetings that are not stored."""
    papers = [make.document("broken"), make.document("old")]
    load.load_meeting(session, make.meeting("4103", "2026-04-09", documents=papers))
    load.set_aside(session, make.sha("broken"), "0.1.0", "encrypted", "The PDF is encrypted.")
    load.load_facts(session, make.sha("old"), make.facts("old", meeting_date="2020-01-01"))
    told = status(session)
    assert tuple(told["counts"][table] for table in ("meetings", "resolutions", "documents")) == (3, 2, 5)
    (aside,), (unplaced,) = told["set_aside"], told["unplaced"]
    assert (aside["authority"], aside["title"], aside["code"]) == ("northmere", "Paper broken", "encrypted")
    assert unplaced["title"] == "Paper old"
    load.load_facts(session, make.sha("broken"), make.facts("broken"))
    assert status(session)["set_aside"] == []


def test_the_store_is_a_plain_sqlite_file(stored, tmp_path):
    """Anybody can open it, and the file is sound."""
    connection = sqlite3.connect(tmp_path / "store.db")
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_reading_a_store_of_an_earlier_version_adds_what_it_lacks(store_url):
    """A table that is newer than the store is made, empty, when somebody looks."""
    with open_store(store_url) as session:
        session.execute(text("DROP TABLE warnings"))
        session.commit()
    with open_store(store_url, readonly=True) as session:
        assert 0 == session.scalar(text("SELECT count(*) FROM warnings"))
