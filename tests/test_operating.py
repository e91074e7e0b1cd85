"""Every night: the report of what is new and what broke, and the units of docs/operating.md, tried."""

import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tomllib
from pathlib import Path

import click
import pytest
import yaml

from minutebook.fixtures import AUTHORITY
from minutebook.fixtures.server import CountyServer
from minutebook.models.news import end_night
from minutebook.models.runs import finish_run, start_run
from minutebook.pipeline import main, stage

ROOT = Path(__file__).parent.parent
PROGRAM = Path(sys.executable).parent / "minutebook"
OPERATING = (ROOT / "docs" / "operating.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    """The examples of one language."""
    return re.findall(rf"```{language}\n(.*?)```", OPERATING, re.DOTALL)


def configure(folder: Path, county: CountyServer) -> None:
    """A settings file that names the invented council."""
    entry = "\n".join(f'{key} = "{value}"' for key, value in ({**AUTHORITY, "base_url": county.base_url}).items())
    (folder / "minutebook.toml").write_text(f"[[authorities]]\n{entry}\n[crawl]\ndelay = 0\nsweep_days = 0\n")


def nightly(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A night in a process of its own."""
    command = [PROGRAM, "nightly", *words]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=240, check=False)


# --- the report ---------------------------------------------------------------------------------------------------


def test_a_night_tells_what_is_new_and_what_broke(tmp_path: Path) -> None:
    """First everything is new, then nothing; then the site breaks, stays broken, and is mended: each is told once."""
    with CountyServer() as county:
        configure(tmp_path, county)
        first, second = (json.loads(nightly(tmp_path, "--json").stdout) for _ in range(2))
        county.fail("moderngov/(?!mgError)", status=302, headers={"Location": "/northmere/moderngov/mgError.aspx"})
        third, fourth = nightly(tmp_path, "--json"), nightly(tmp_path)
        county.heal()
        fifth = json.loads(nightly(tmp_path, "--json").stdout)
    assert first["new"]["NMR"]["meetings"] == first["totals"]["NMR"]["meetings"] > 0
    assert first["new"]["NMR"]["resolutions"] > 0
    assert (True, {}, []) == (second["well"], second["new"], second["broke"])
    assert first["totals"] == second["totals"]
    assert 1 == third.returncode == fourth.returncode
    broke = json.loads(third.stdout)
    assert ["only_errors"] == [trouble["code"] for trouble in broke["broke"]]
    assert [("NMR", "error_page")] == [(error["authority"], error["code"]) for error in broke["failed"]]
    assert "Still broken: NMR" in fourth.stderr
    assert "Failed, not so last time" not in fourth.stderr
    assert (["only_errors"], [], True) == ([t["code"] for t in fifth["mended"]], fifth["broken"], fifth["well"])
    with sqlite3.connect(tmp_path / "data" / "store.db") as store:
        rows = store.execute("SELECT state, counts FROM runs WHERE stage = 'nightly' ORDER BY id").fetchall()
    assert ["finished", "finished", "failed", "failed", "finished"] == [state for state, _ in rows]
    assert first == json.loads(rows[0][1])


def test_a_stage_that_cannot_be_done_does_not_stop_the_next(tmp_path: Path) -> None:
    """An archive that cannot be written is told; what is stored is still read and published."""
    with CountyServer() as county:
        configure(tmp_path, county)
        assert 0 == nightly(tmp_path).returncode
        (tmp_path / "data" / "site").rename(tmp_path / "site")
        (tmp_path / "data" / "site").write_text("in the way")
        broken = nightly(tmp_path, "--json")
        (tmp_path / "data" / "site").unlink()
        mended = nightly(tmp_path)
    assert 1 == broken.returncode
    assert ["draw", "publish"] == [row["location"] for row in json.loads(broken.stdout)["stopped"]]
    assert 0 == mended.returncode, mended.stderr
    assert (tmp_path / "data" / "site" / "minutebook.db").exists()


def test_a_fault_of_ours_is_told_and_the_night_goes_on(capsys) -> None:
    """What nobody foresaw ends its stage with all that is needed to report it; a wanted exit is no fault."""
    stopped: list[dict[str, str | None]] = []
    with stage("extract", stopped):
        raise KeyError("shape")
    assert [("extract", "fault")] == [(row["location"], row["code"]) for row in stopped]
    told = capsys.readouterr().err
    assert "Traceback" in told
    assert "extract stopped by a fault of Minutebook: KeyError('shape')" in told
    with pytest.raises(click.exceptions.Exit), stage("crawl", stopped):
        raise click.exceptions.Exit(130)
    assert 1 == len(stopped)


def test_a_night_that_was_killed_is_not_the_last(session) -> None:
    """What is new is counted from the last night that came to its end."""
    end_night(session, start_run(session, "nightly"), [])
    start_run(session, "nightly")  # killed
    crawl = start_run(session, "crawl")
    finish_run(session, crawl, "failed", {}, [{"authority": "northmere", "location": "x", "code": "c", "message": "m"}])
    night = start_run(session, "nightly")
    again = start_run(session, "crawl")
    finish_run(session, again, "failed", {}, [{"authority": "northmere", "location": "y", "code": "c", "message": "m"}])
    news = end_night(session, night, [])
    assert ["y"] == [error["location"] for error in news.failed]
    assert news.since is not None


# --- docs/operating.md --------------------------------------------------------------------------------------------


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze on this machine")
def test_the_systemd_units_are_sound(tmp_path: Path) -> None:
    """systemd-analyze finds nothing wrong with the units, nor with the time of the timer."""
    names = re.findall(r"`/etc/systemd/system/(\S+)`", OPERATING)
    units = dict(zip(names, blocks("ini"), strict=True))
    units["minutebook-site.service"] = (ROOT / "deploy" / "minutebook-site.service").read_text("utf-8")
    assert {"minutebook.service", "minutebook.timer", "minutebook-site.service"} == set(units)
    for name, text in units.items():
        # The user and the program of the example are not on this machine
        text = text.replace("/opt/minutebook/.venv/bin/minutebook", str(PROGRAM)).replace("User=minutebook\n", "")
        (tmp_path / name).write_text(text)
    command = ["systemd-analyze", "verify", "--man=no", *(tmp_path / name for name in units)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    ours = [line for line in result.stderr.splitlines() if str(tmp_path) in line or "minutebook" in line]
    assert [] == ours
    [when] = re.findall(r"OnCalendar=(.*)", units["minutebook.timer"])
    assert 0 == subprocess.run(["systemd-analyze", "calendar", when], capture_output=True, check=False).returncode


def test_the_line_for_cron_does_a_night(tmp_path: Path) -> None:
    """What cron would hand to its shell runs, leaves the report, and finds the lock free."""
    [line] = blocks("cron")
    found = re.fullmatch(r"((?:\S+ ){5})(.*)\n", line)
    assert found
    command = found[2].replace("/opt/minutebook/.venv/bin/minutebook", str(PROGRAM))
    command = command.replace("/var/lib/minutebook", str(tmp_path))
    with CountyServer() as county:
        configure(tmp_path, county)
        shell = {"PATH": "/usr/bin:/bin"}  # all that cron gives
        assert 0 == subprocess.run(["/bin/sh", "-c", command], env=shell, timeout=240, check=False).returncode
    assert json.loads((tmp_path / "night.json").read_text())["well"]
    assert "Published" in (tmp_path / "night.log").read_text()


def test_the_ci_schedule_can_be_read() -> None:
    """The workflow is YAML with a schedule, and its last command is one of ours that accepts exit code 1."""
    [text] = blocks("yaml")
    workflow = yaml.safe_load(text)
    steps = {step.get("name"): step for step in workflow["jobs"]["nightly"]["steps"]}
    assert [{"cron": "30 1 * * *"}] == workflow[True]["schedule"]  # YAML 1.1 takes `on` for a truth
    assert "minutebook nightly --json > night.json || test $? -eq 1" in steps["Night"]["run"]


def test_the_settings_of_the_example_are_settings() -> None:
    """Every key of the example is an option of its command."""
    [text] = blocks("toml")
    settings = tomllib.loads(text)
    for command in ("crawl", "extract"):
        options = {option.name for option in main.commands[command].params}
        assert set() == set(settings[command]) - options
