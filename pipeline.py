"""The stages in order, and the command line. What each stage does is in its room; here is only who follows whom.

crawl     council websites  ->  archive and store     crawlers/
extract   archive           ->  facts in the store    extract/
draw      archive, store    ->  pictures of pages     models/pictures.py
publish   store             ->  the site's file       models/publish.py
serve     the site's file   ->  people                datasette/
"""

from __future__ import annotations

import json
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import date, datetime
from functools import partial, wraps
from itertools import groupby
from pathlib import Path
from traceback import print_exc
from typing import TYPE_CHECKING, Any

import click

from minutebook import MinutebookError, __version__
from minutebook.extract.confidence import LEAST_CONFIDENCE
from minutebook.extract.reading.limits import Limits
from minutebook.manners import Manners
from minutebook.models.errors import StoreError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from minutebook.crawlers.report import CrawlReport
    from minutebook.extract.facts import Facts
    from minutebook.extract.scoring import Finding
    from minutebook.extract.worker import Failure, Job
    from minutebook.models.export import Format
    from minutebook.models.news import News
    from minutebook.models.pictures import Drawn
    from minutebook.models.publish import PublishReport

CONFIG = "minutebook.toml"
LOCKED = 75
INTERRUPTED = 130
DAY = click.DateTime(formats=["%Y-%m-%d"])
DEMO_PORT = 8123
VISITED = ("listed", "fetched", "unchanged", "new", "failed", "blocked", "bytes")
COMPLETE = ("authority", "year", "meetings", "cancelled", "with_agenda", "with_minutes", "minutes_read", "facts")


@dataclass(frozen=True)
class Data:
    """Where everything is kept: one folder, the `--data` setting."""

    root: Path
    store: str | None = None

    @property
    def store_url(self) -> str:
        """The store, as a SQLAlchemy URL: a SQLite file in the folder unless the setting names another."""
        return self.store or f"sqlite:///{(self.root / 'store.db').absolute()}"

    @property
    def archive(self) -> Path:
        """The folder of the original files."""
        return self.root / "archive"

    @property
    def cache(self) -> Path:
        """The folder of what only spares the websites work."""
        return self.root / "cache"

    @property
    def site(self) -> Path:
        """The folder that Datasette serves."""
        return self.root / "site"


# --- the stages ---------------------------------------------------------------------------------------------------


def run_crawl(
    data: Data,
    authorities: list[dict[str, Any]],
    since: date | None,
    until: date | None,
    manners: Manners,
) -> CrawlReport:
    """Fetch new and changed pages and documents of some authorities into the archive and the store."""
    from minutebook import crawling
    from minutebook.models.store import open_store

    with open_store(data.store_url) as session, progress("Crawling") as bar:
        keeping = crawling.Keeping(session, data.archive, data.cache)
        return crawling.run(keeping, authorities, since, until, manners, bar)


def run_extract(data: Data, workers: int, limits: Limits) -> tuple[int, list[Failure]]:
    """Read every archived document that the present extractor has not read. Returns how many, and those set aside."""
    from minutebook.crawlers.archive import Archive
    from minutebook.extract.pool import extract_all
    from minutebook.extract.reading.cures import curable
    from minutebook.extract.worker import Failure, Job, whole
    from minutebook.models.load import set_aside
    from minutebook.models.runs import finish_run, start_run
    from minutebook.models.store import open_store
    from minutebook.models.unread import unread_documents

    failures: list[Failure] = []
    with open_store(data.store_url) as session, progress("Reading") as bar:
        run = start_run(session, "extract")
        unread = unread_documents(session, __version__, curable())
        archive = Archive(data.archive)
        jobs = [Job(document.url, partial(archive.get, document.sha256), whole) for document in unread]
        outcomes = extract_all(jobs, workers, limits)
        for done, (document, outcome) in enumerate(zip(unread, outcomes, strict=True), 1):
            failure = outcome if isinstance(outcome, Failure) else keep(session, document.sha256, outcome)
            if failure:
                failures.append(failure)
            if failure and failure.lasting:
                set_aside(session, document.sha256, __version__, failure.code, failure.message)
            bar(done, len(unread), document.title)
        errors = [{"location": f.source, "code": f.code, "message": f.message} for f in failures]
        counts = {"documents": len(unread), "set_aside": len(failures)}
        finish_run(session, run, "failed" if failures else "finished", counts, errors)
    return len(unread), failures


def keep(session: Session, sha256: str, facts: Facts) -> Failure | None:
    """Store the facts of one document; facts that the store refuses are that document's failure."""
    from minutebook.extract.worker import Failure
    from minutebook.models.load import load_facts

    try:
        load_facts(session, sha256, facts.model_dump(mode="json", by_alias=True))
    except StoreError as error:
        return Failure(facts.source, error.code, error.message)
    return None


def run_draw(data: Data, least: float, workers: int, limits: Limits, minutes: float) -> Drawn:
    """Draw the pages that evidence stands on, those that are not drawn yet, until so many minutes are over."""
    from minutebook.crawlers.archive import Archive
    from minutebook.models.pictures import draw_pictures

    with progress("Drawing") as bar:
        load = Archive(data.archive).get
        return draw_pictures(data.store_url, data.site, load, least, workers, limits, minutes, bar)


def run_publish(data: Data, least: float) -> PublishReport:
    """Build the site's file afresh, without facts of a confidence below `least`, and swap it in."""
    from minutebook.models.publish import publish

    return publish(data.store_url, data.site, least)


def run_serve(data: Data, port: int) -> int:
    """Serve the published file until it is stopped. Returns Datasette's exit code."""
    import signal
    import subprocess

    from minutebook.models.site import site_command

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # a stop from outside ends Datasette too
    process = subprocess.Popen(site_command(data.site, port))  # noqa: S603
    try:
        return process.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        process.terminate()
        process.wait()


# --- for people at a terminal -------------------------------------------------------------------------------------


@contextmanager
def progress(what: str) -> Iterator[Any]:
    """A function `(done, total, name)` that moves a bar on a terminal and does nothing elsewhere (cron)."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    console = Console(stderr=True)
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[name]}", markup=False))
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as shown:
        task = shown.add_task(what, total=None, name="")
        yield lambda done, total, name: shown.update(task, completed=done, total=total, name=name[:60])


def show(title: str, rows: Iterable[tuple[object, ...]], *columns: str) -> None:
    """Print a table. Cells come from other people's documents, so nothing in them is taken for markup."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in row))
    Console().print(table)


def say(message: str) -> None:
    """A line for people, on standard error, so that standard output stays clean for data."""
    click.echo(message, err=True)


def say_crawled(report: CrawlReport) -> None:
    """What a crawl did, and each problem with its address."""
    due = report.meetings_listed - report.meetings_not_due
    say(
        f"Crawled {report.meetings_loaded} of {due} meetings ({report.meetings_not_due} more were not due): "
        f"{report.documents_fetched} new documents, {report.documents_unchanged} unchanged, {report.documents_failed} "
        "failed."
    )
    for problem in [*report.notes, *report.problems]:
        say(f"  {problem.authority}: {problem.message}")


def say_read(count: int, failures: list[Failure]) -> None:
    """How many documents were read, and why some were not."""
    say(f"Read {count - len(failures)} of {count} documents.")
    for failure in failures:
        say(f"  {failure.source}: {failure.message}")


def say_drawn(drawn: Drawn) -> None:
    """How many pages were drawn, which could not be, and how many wait."""
    if drawn.pages or drawn.failures or drawn.left:
        later = f" {drawn.left:,} are left for the next time (see --picture-minutes)." if drawn.left else ""
        say(f"Drew {drawn.pages:,} pages for the site, {len(drawn.failures):,} failed.{later}")
    for failure in drawn.failures:
        say(f"  {failure.source}: {failure.message}")


def say_published(report: PublishReport) -> None:
    """How many rows are public, where, and how many were too doubtful for it."""
    doubtful = ", ".join(f"{count:,} {table}" for table, count in report.kept_back.items() if count)
    kept = f" Kept back, being less sure than --min-confidence: {doubtful}." if doubtful else ""
    say(f"Published {sum(report.rows.values()):,} rows to {report.path}.{kept}")


def say_news(news: News) -> None:
    """What a night brought, what broke and what was mended."""
    say(f"Since {news.since or 'the beginning'}:")
    for code, kinds in news.new.items():
        say(f"  {code}: {', '.join(f'{number:+,} {kind}' for kind, number in kinds.items())}")
    if not news.new:
        say("  nothing new")
    for what, rows in (("Broke", news.broke), ("Mended", news.mended), ("Still broken", news.broken)):
        for row in rows:
            say(f"{what}: {row['authority']}, since {row['since']}: {row['message']}")
    for row in news.failed:
        say(f"Failed, not so last time: {row['authority'] or row['location']}: {row['message']}")


# --- the command line ---------------------------------------------------------------------------------------------


class Commands(click.Group):
    """Turns our own errors into a line for people and an exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; an expected error says what to do, and never shows a traceback."""
        try:
            return super().invoke(ctx)
        except MinutebookError as error:
            say(f"Error: {error.message}")
            ctx.exit(1)
        except KeyboardInterrupt:
            say("Stopped. What was done is kept; run the same command again to go on.")
            ctx.exit(INTERRUPTED)


@click.group(cls=Commands, context_settings={"auto_envvar_prefix": "MINUTEBOOK", "help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="minutebook")
@click.option(
    "--data",
    "folder",
    type=click.Path(file_okay=False, path_type=Path),
    default="data",
    envvar="MINUTEBOOK_DATA",
    show_default=True,
    help="Folder that holds the store, the original files and the published site.",
)
@click.option("--store", metavar="URL", help="Another store: a SQLAlchemy URL. Normally a file in the data folder.")
@click.pass_context
def main(ctx: click.Context, folder: Path, store: str | None) -> None:
    """Turn council papers into rows you can query, each with the words it came from.

    Settings are taken from the options below, then from MINUTEBOOK_... environment variables, then from minutebook.toml
    in the present folder.
    """
    config = read_config(Path(CONFIG))
    named = ctx.get_parameter_source("folder") is not click.core.ParameterSource.DEFAULT
    root = folder if named else Path(config.get("data", folder))
    ctx.obj = Data(root, store or config.get("store"))
    ctx.default_map = {name: value for name, value in config.items() if isinstance(value, dict)}
    stages = [ctx.default_map.get(name, {}) for name in ("crawl", "extract", "publish")]
    for name in ("nightly", "status"):  # what is said of a stage holds for the night too, unless it says otherwise
        ctx.default_map[name] = stages[0] | stages[1] | stages[2] | ctx.default_map.get(name, {})
    ctx.meta["authorities"] = checked_authorities(config.get("authorities", []))


def checked_authorities(entries: Any) -> list[dict[str, Any]]:
    """The `[[authorities]]` of the settings file. Raises `MinutebookError` if one has no code."""
    for number, entry in enumerate(entries if isinstance(entries, list) else [entries], 1):
        if not isinstance(entry, dict) or not isinstance(entry.get("code"), str):
            what = f"The {number}. [[authorities]] entry of {CONFIG} has no code."
            raise MinutebookError("bad_config", f"{what} See minutebook crawl --help for what an entry looks like.")
    return list(entries)


def read_config(path: Path) -> dict[str, Any]:
    """The settings file; empty where there is none. Raises `MinutebookError` where it is not TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise MinutebookError("bad_config", f"{path} is not valid TOML: {error}. Correct it and try again.") from None
    except OSError as error:
        raise MinutebookError("bad_config", f"{path} cannot be read: {error.strerror}.") from None


all_option = click.option("--all", "everyone", is_flag=True, help="Visit every British authority that is known.")


def visiting_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that visits websites, handed on as `manners`."""

    numbers: tuple[tuple[str, click.ParamType[Any], float, str], ...] = (
        ("delay", click.FloatRange(min=0), Manners.delay, "Seconds between requests to a site."),
        ("blocked-days", click.FloatRange(min=0), Manners.blocked_days, "Days to leave a site alone that refused us."),
        ("window-days", click.IntRange(min=0), Manners.window_days, "Meetings so near to today are always asked for."),
        ("minutes-days", click.IntRange(min=0), Manners.minutes_days, "Days to ask again for minutes not yet there."),
        ("sweep-days", click.FloatRange(min=0), Manners.sweep_days, "Days until everything is asked for once more."),
    )

    @click.option("--contact", help="Address or URL that is sent to the websites, so that they can reach you.")
    @wraps(command)
    def visit(*args: Any, contact: str | None, **rest: Any) -> None:
        given = {each.name: rest.pop(each.name) for each in fields(Manners) if each.name in rest}
        command(*args, manners=Manners(contact=contact, **given), **rest)

    for name, kind, usual, words in reversed(numbers):
        visit = click.option(f"--{name}", type=kind, default=usual, show_default=True, help=words)(visit)
    return visit


@main.command()
@click.argument("authority", nargs=-1)
@click.option("--since", type=DAY, help="First day of meetings to look at, such as 2026-01-31.")
@click.option("--until", type=DAY, help="Last day of meetings to look at.")
@all_option
@visiting_options
@click.pass_context
def crawl(
    ctx: click.Context,
    authority: tuple[str, ...],
    since: datetime | None,
    until: datetime | None,
    everyone: bool,
    manners: Manners,
) -> None:
    """Fetch new and changed pages and documents.

    AUTHORITY is the code or the name of a council, panel or fire authority; without one, all those in minutebook.toml
    are visited. Most British councils are known; those to visit every night are named by their code:

    \b
    [[authorities]]
    code = "BIR"

    Any other has an entry like this, which minutebook detect writes:

    \b
    [[authorities]]
    code = "NMR"
    name = "Northmere District Council"
    system = "moderngov"
    base_url = "https://democracy.northmere.example/"
    """
    authorities = chosen(ctx, authority, everyone)
    with one_at_a_time(ctx):
        report = run_crawl(ctx.obj, authorities, since and since.date(), until and until.date(), manners)
    say_crawled(report)
    ctx.exit(INTERRUPTED if report.state == "interrupted" else 1 if report.problems or report.state == "died" else 0)


def chosen(ctx: click.Context, names: tuple[str, ...], everyone: bool) -> list[dict[str, Any]]:
    """The authorities of these codes or names; without, those of the settings file, or everyone that is known."""
    from minutebook.crawlers.errors import UnknownAuthority
    from minutebook.crawlers.registry import Registry

    registry = Registry(ctx.meta["authorities"])
    if names:
        try:
            found = [registry.find(name) for name in names]
        except UnknownAuthority as error:
            raise click.UsageError(error.message) from None
    else:
        found = registry.everyone() if everyone else [authority for authority in registry.own if not authority.retired]
    if not found:
        raise click.UsageError(
            f"Say which authority, or name some under [[authorities]] in {CONFIG}: see minutebook crawl --help."
        )
    return [asdict(authority) for authority in found]


@main.command()
@click.argument("url")
@click.option("--code", help="Short name for the entry. Without, it is taken from the name.")
@click.option("--name", help="Name of the council, panel or fire authority. Without, what the site calls itself.")
@click.option("--delay", type=click.FloatRange(min=0), default=1.0, show_default=True, help="Seconds between requests.")
@click.option("--contact", help="Address or URL that is sent to the website.")
def detect(url: str, code: str | None, name: str | None, delay: float, contact: str | None) -> None:
    """Say which system runs the site at URL, and print its entry for minutebook.toml:

    \b
    minutebook detect https://democracy.northmere.example/ >> minutebook.toml

    URL is best the page that lists committees, meetings or minutes. At most four pages are asked for.
    """
    from minutebook.crawlers.detect import code_of
    from minutebook.crawlers.items import Authority, Listing
    from minutebook.crawlers.registry import entry_of, known_site
    from minutebook.crawlers.run import detect as detect_system

    found = detect_system(url, delay=delay, contact=contact)
    known = known_site(found.base_url)
    if known:
        say(f"{known.name} is known by this site: its code is enough for an entry.")
    name = name or (known.name if known else found.name)
    code = code or (known.code if known else code_of(name))
    lists = [Listing(name, found.page)] if found.page else []
    click.echo(entry_of(Authority(code, name, found.system, found.base_url, lists=lists)), nl=False)


def reading_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every command that reads documents; their variables are the same for all of them."""
    settings: tuple[tuple[str, click.ParamType[Any], float, str], ...] = (
        ("workers", click.IntRange(min=1), 1, "Read so many documents at a time."),
        ("time-limit", click.FloatRange(min=1), Limits.seconds, "Seconds after which a document is given up."),
        ("memory-limit", click.IntRange(min=300), Limits.megabytes, "MB of memory that a document may take to read."),
    )
    for name, kind, usual, words in reversed(settings):
        variable = f"MINUTEBOOK_EXTRACT_{name.upper().replace('-', '_')}"
        option = click.option(f"--{name}", type=kind, default=usual, envvar=variable, show_default=True, help=words)
        command = option(command)
    return command


@main.command()
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["jsonl", "table"]),
    default="jsonl",
    show_default=True,
    help="Lines of JSON, or a table to look at.",
)
@reading_options
@click.option("--text", is_flag=True, help="Add the text of each page, in which the places of the quotes are counted.")
@click.option("--explain", is_flag=True, help="Add who read each page, and what on the page decided it.")
@click.pass_context
def extract(
    ctx: click.Context,
    files: tuple[str, ...],
    shape: str,
    workers: int,
    time_limit: float,
    memory_limit: int,
    text: bool,
    explain: bool,
) -> None:
    """Read documents: who attended, what was resolved, recommended and asked for.

    With FILE (PDF, saved web page, GetMeeting XML, Word, text; - for standard input) the facts are printed, and nothing
    is stored. Without, every fetched document that was not yet read is read into the store.
    """
    limits = Limits(time_limit, memory_limit)
    if not files:
        with one_at_a_time(ctx):
            count, failures = run_extract(ctx.obj, workers, limits)
        say_read(count, failures)
        ctx.exit(1 if failures else 0)
    failed = False
    for outcome in read_files(files, workers, limits):
        failed |= print_outcome(outcome, shape, text, explain)
    ctx.exit(1 if failed else 0)


def read_files(files: tuple[str, ...], workers: int, limits: Limits) -> Iterator[Facts | Failure]:
    """The facts of each file, in input order."""
    from minutebook.extract.files import file_bytes
    from minutebook.extract.pool import extract_all
    from minutebook.extract.worker import Job, whole

    jobs = [Job(name, partial(file_bytes, name), whole) if name != "-" else stdin_job() for name in files]
    with progress("Reading") as bar:
        outcomes = extract_all(jobs, workers, limits)
        for done, outcome in enumerate(outcomes, 1):
            bar(done, len(jobs), outcome.source)
            yield outcome


def stdin_job() -> Job[Facts]:
    """Standard input as a document; it is read here, since a worker process has none."""
    from minutebook.extract.reading.limits import MAX_BYTES
    from minutebook.extract.worker import Job, whole

    return Job("-", partial(bytes, sys.stdin.buffer.read(MAX_BYTES + 1)), whole)


def print_outcome(outcome: Facts | Failure, shape: str, text: bool, explain: bool) -> bool:
    """Print one document's facts or its reason. Returns whether it was set aside."""
    from minutebook.extract.worker import Failure

    failed = isinstance(outcome, Failure)
    if isinstance(outcome, Failure):
        say(f"{outcome.source}: {outcome.message}")
        line: dict[str, Any] = outcome.as_dict()
    else:
        hidden = {name for name, wanted in (("page_texts", text), ("page_readers", explain)) if not wanted}
        line = outcome.model_dump(mode="json", by_alias=True, exclude=hidden)
    if shape == "jsonl":
        click.echo(json.dumps(line, ensure_ascii=False))
    elif not isinstance(outcome, Failure):
        show_facts(outcome)
        if explain:
            show_readers(outcome)
    return failed


def show_facts(facts: Facts) -> None:
    """One document's facts as a table for people."""
    rows: list[tuple[object, ...]] = [
        (person.status, " ".join(filter(None, (person.title, person.name))), person.role, person.evidence[0].page)
        for person in facts.attendees
    ]
    for label, decisions in (("resolution", facts.resolutions), ("recommendation", facts.recommendations)):
        rows += [
            (label, f"{found.ref or ''} {found.text}".strip(), found.outcome, found.evidence[0].page)
            for found in decisions
        ]
    rows += [(f"part, {part.kind}", part.title, part.number, part.first_page) for part in facts.parts]
    rows += [(f"action, {task.tier}", task.text, task.owner, task.evidence[0].page) for task in facts.actions]
    rows += [
        ("interest", f"{found.name}: {found.text}", found.item or found.matter, found.evidence[0].page)
        for found in facts.interests
    ]
    show(f"{facts.source}: {facts.kind}, {facts.meeting_date or 'no date'}", rows, "kind", "words", "detail", "page")


def show_readers(facts: Facts) -> None:
    """Who read each page of a document and why, and what should be known about it."""
    rows = ((read.page, read.reader, read.reason) for read in facts.page_readers or [])
    show(f"{facts.source}: how its pages were read", rows, "page", "reader", "why")
    show("Warnings", ((note.page, note.code, note.message) for note in facts.warnings), "page", "code", "message")


@main.command("show")
@click.argument("file")
@click.argument("words", required=False)
@click.option(
    "--at", type=int, nargs=3, metavar="PAGE START END", help="The place, in place of the words, as extract prints it."
)
@click.option("--url", help="Where the file came from: also print a link that opens it there, at the words.")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Picture to write. Without, it is named after the file and the page, in the present folder.",
)
def show_quote(
    file: str, words: str | None, at: tuple[int, int, int] | None, url: str | None, output: Path | None
) -> None:
    """Show where WORDS stand in FILE: a picture of the PDF page, with the words marked.

    Copy the words from what extract prints, or from anywhere: white space, case and punctuation do not count.
    For a saved web page, it tells the element that holds the words; with --url, a link that opens the live page there.
    """
    from minutebook.extract.files import file_bytes
    from minutebook.extract.showing.show import show_words

    if bool(words) == bool(at):
        raise click.UsageError("Give either the words to look for, or their place with --at.")
    for line in show_words(file_bytes(file), file, at or str(words), url, output):
        click.echo(line)


min_confidence_option = click.option(
    "--min-confidence",
    type=click.FloatRange(0, 1),
    default=LEAST_CONFIDENCE,
    envvar="MINUTEBOOK_MIN_CONFIDENCE",
    show_default=True,
    help="Rows less sure than this, 0 to 1, are stored but not published.",
)


picture_minutes_option = click.option(
    "--picture-minutes",
    type=click.FloatRange(min=0),
    default=30,
    envvar="MINUTEBOOK_PICTURE_MINUTES",
    show_default=True,
    help="Draw pages for the site for so long at most; what is left is drawn the next time.",
)


@main.command()
@min_confidence_option
@picture_minutes_option
@reading_options
@click.pass_context
def publish(
    ctx: click.Context,
    min_confidence: float,
    picture_minutes: float,
    workers: int,
    time_limit: float,
    memory_limit: int,
) -> None:
    """Build the site's file afresh and put it in place of the old one, which stays until then.

    Before that, the pages of PDFs that its rows come from are drawn, those that were not drawn before.
    """
    with one_at_a_time(ctx):
        say_drawn(run_draw(ctx.obj, min_confidence, workers, Limits(time_limit, memory_limit), picture_minutes))
        report = run_publish(ctx.obj, min_confidence)
    say_published(report)


@main.command()
@all_option
@visiting_options
@reading_options
@min_confidence_option
@picture_minutes_option
@click.option("--json", "as_json", is_flag=True, help="Print what is new and what broke as JSON, on standard output.")
@click.pass_context
def nightly(
    ctx: click.Context,
    everyone: bool,
    manners: Manners,
    workers: int,
    time_limit: float,
    memory_limit: int,
    min_confidence: float,
    picture_minutes: float,
    as_json: bool,
) -> None:
    """Crawl, extract, publish, and tell what is new and what broke since last time. For a timer: safe to kill.

    A second one started meanwhile ends at once with exit code 75. A stage that cannot be done does not stop the next.
    """
    authorities = chosen(ctx, (), everyone)
    with one_at_a_time(ctx):
        limits = Limits(time_limit, memory_limit)
        news, _ = run_night(ctx, authorities, manners, workers, limits, min_confidence, picture_minutes)
    if as_json:
        click.echo(json.dumps(asdict(news), ensure_ascii=False, indent=1))
    else:
        say_news(news)
    ctx.exit(0 if news.well else 1)


def run_night(
    ctx: click.Context,
    authorities: list[dict[str, Any]],
    manners: Manners,
    workers: int,
    limits: Limits,
    least: float,
    minutes: float,
) -> tuple[News, PublishReport | None]:
    """All stages in order, each told. Returns what is new, and what was published if that could be done."""
    from minutebook.models.news import end_night
    from minutebook.models.runs import start_run
    from minutebook.models.store import open_store

    stopped: list[dict[str, Any]] = []
    published = None
    with open_store(ctx.obj.store_url) as session:
        night = start_run(session, "nightly")
    with stage("crawl", stopped):
        report = run_crawl(ctx.obj, authorities, None, None, manners)
        say_crawled(report)
        if report.state == "interrupted":
            ctx.exit(INTERRUPTED)
    with stage("extract", stopped):
        say_read(*run_extract(ctx.obj, workers, limits))
    with stage("draw", stopped):
        say_drawn(run_draw(ctx.obj, least, workers, limits, minutes))
    with stage("publish", stopped):
        published = run_publish(ctx.obj, least)
        say_published(published)
    with open_store(ctx.obj.store_url) as session:
        return end_night(session, night, stopped), published


@contextmanager
def stage(name: str, stopped: list[dict[str, Any]]) -> Iterator[None]:
    """A part of the night: an error ends it, is told, and leaves the rest to be done."""
    try:
        yield
    except MinutebookError as error:
        code, message = error.code, error.message
    except click.exceptions.Exit:
        raise
    except Exception as error:  # a fault of ours must not keep the site from what is stored
        print_exc()
        code, message = "fault", f"{name} stopped by a fault of Minutebook: {error!r}. Please report it."
    else:
        return
    say(f"Error: {message}")
    stopped.append({"authority": None, "location": name, "code": code, "message": message})


@contextmanager
def one_at_a_time(ctx: click.Context) -> Iterator[None]:
    """Hold the lock of the data folder, or end with exit code 75. A killed run lets go of it."""
    from filelock import FileLock, Timeout

    root = ctx.obj.root
    try:
        root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(root / "lock").acquire(timeout=0)
    except Timeout:
        say(f"Another run holds the lock of {root}. Wait until it has ended.")
        ctx.exit(LOCKED)
    except OSError as error:
        raise MinutebookError("no_data_folder", f"The folder {root} cannot be written: {error.strerror}.") from None
    with lock:
        yield


@main.command()
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port of the site on this machine."
)
@click.pass_context
def serve(ctx: click.Context, port: int) -> None:
    """Show the published site at http://127.0.0.1:PORT until Ctrl-C."""
    ctx.exit(run_serve(ctx.obj, port))


@main.command()
@click.argument("table")
@click.option("--authority", help="Only rows of this authority (its name or code).")
@click.option("--since", type=DAY, help="Only meetings on or after this day.")
@click.option("--until", type=DAY, help="Only meetings on or before this day.")
@click.option(
    "--format",
    "shape",
    type=click.Choice(["csv", "excel", "jsonl", "xlsx"]),
    default="csv",
    show_default=True,
    help="CSV or lines of JSON, both exact; or for a spreadsheet: CSV that Excel opens rightly (excel) or a workbook "
    "(xlsx), in which no cell is taken for a formula (in CSV an apostrophe stands before those that begin like one).",
)
@click.option(
    "-o",
    "--output",
    type=click.File("w", encoding="utf-8", lazy=True),
    default="-",
    help="File to write; standard output without.",
)
@click.pass_obj
def export(
    data: Data,
    table: str,
    authority: str | None,
    since: datetime | None,
    until: datetime | None,
    shape: Format,
    output: Any,
) -> None:
    """Write the rows of a published TABLE, such as resolutions, actions or attendances, without a web server."""
    from minutebook.models.export import export as write_rows

    write_rows(data.site, table, shape, authority, since and since.date(), until and until.date(), output)


@main.command()
@click.argument("gold_dir", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the figures as JSON.")
@click.option("--rows", "with_rows", is_flag=True, help="List every missed, false and forbidden row.")
@click.option(
    "--held-out",
    metavar="BODY",
    multiple=True,
    help="A body whose papers taught no rule: its figures are told apart, its rows not listed. May be repeated.",
)
@click.option(
    "--save",
    "saved",
    type=click.Path(dir_okay=False, path_type=Path),
    help="File to keep the scores and rows in, for a later --compare.",
)
@click.option(
    "--compare",
    "earlier",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="File of an earlier --save: tell what changed since.",
)
@click.option("--markdown", is_flag=True, help="Print the page docs/accuracy.md.")
@click.option(
    "--measured", is_flag=True, help="Print what the program keeps of its accuracy, extract/measured.json, as JSON."
)
@click.pass_context
def evaluate(
    ctx: click.Context,
    gold_dir: Path,
    as_json: bool,
    with_rows: bool,
    held_out: tuple[str, ...],
    saved: Path | None,
    earlier: Path | None,
    markdown: bool,
    measured: bool,
) -> None:
    """Compare the extractor with facts found by hand: GOLD_DIR holds documents/ and facts/."""
    from rich.console import Console

    from minutebook.extract import extract_file
    from minutebook.extract.accuracy import accuracy_page
    from minutebook.extract.changes import compare, load, save
    from minutebook.extract.evaluate import evaluate as score

    before = load(earlier) if earlier else None
    result = score(gold_dir, extract_file, held_out)
    changes = compare(before, result) if before else None
    if saved:
        save(result, saved)
    if markdown:
        click.echo(accuracy_page(result), nl=False)
    elif measured:
        click.echo(json.dumps(result.measured(), indent=1))
    elif as_json:
        rows = {"rows": [asdict(row) for row in result.rows()]} if with_rows else {}
        changed = {"changes": changes.as_dict()} if changes else {}
        click.echo(json.dumps(result.as_dict() | changed | rows, ensure_ascii=False, indent=1))
    else:
        Console().print(result.table())
        if with_rows:
            show_rows("Rows that differ", ((row.verdict, row) for row in result.rows()))
        if changes:
            Console().print(changes.table())
            show_rows("Rows that changed", changes.rows())
    ctx.exit(1 if result.unreadable else 0)


def show_rows(title: str, rows: Iterable[tuple[str, Finding]]) -> None:
    """Rows that cost a point, or did so before, each after a word that says how."""
    found = ((word, row.kind, row.document, row.page, row.text, row.why) for word, row in rows)
    show(title, found, "what", "kind", "document", "page", "text", "why")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@min_confidence_option
@click.pass_obj
def status(data: Data, as_json: bool, min_confidence: float) -> None:
    """What is stored, the last runs, and the sources and documents that look broken."""
    from minutebook.models.status import status as state_of
    from minutebook.models.store import open_store

    with open_store(data.store_url, readonly=True) as session:
        state = state_of(session, min_confidence)
    if as_json:
        click.echo(json.dumps(state, ensure_ascii=False, indent=1, default=str))
        return
    kept_back = state["kept_back"]
    stored = ((table, count, kept_back.get(table)) for table, count in state["counts"].items())
    show("Stored", stored, "table", "rows", f"less sure than {min_confidence:g}, not published")
    show(
        "Last runs",
        ((run["stage"], run["state"], run["started_at"], run["finished_at"]) for run in state["runs"]),
        "stage",
        "state",
        "started",
        "finished",
    )
    show_sources(state)
    show(
        "Set aside",
        ((row["authority"], row["title"], row["message"]) for row in state["set_aside"]),
        "authority",
        "document",
        "reason",
    )
    show(
        "Pages not read",
        (
            (row["authority"], row["title"], row["url"], page_ranges(row["pages"]), row["message"])
            for row in state["unread_pages"]
        ),
        "authority",
        "document",
        "address",
        "pages",
        "reason",
    )
    errors = (
        (code, error["location"], error["message"])
        for code, found in state["authorities_with_errors"].items()
        for error in found
    )
    show("Sources with errors", errors, "authority", "address", "what happened")


def show_sources(state: dict[str, Any]) -> None:
    """What the last visit to each source gave, what is complete by year, and what looks broken."""
    visits: dict[str, dict[str, int]] = {}
    for visit in state["visits"]:
        sums = visits.setdefault(visit["authority"], dict.fromkeys(VISITED, 0))
        for name in VISITED:
            sums[name] += visit[name]
    show("Last visits", ((code, *sums.values()) for code, sums in visits.items()), "authority", *VISITED)
    complete = ([row[name] for name in COMPLETE] for row in state["completeness"])
    show("How complete", map(tuple, complete), *(name.replace("_", " ") for name in COMPLETE))
    broken = ((row["authority"], row["since"], row["message"]) for row in state["broken"])
    show("Sources that look broken", broken, "authority", "since", "what")


def page_ranges(pages: list[int]) -> str:
    """Page numbers in order, those that follow each other in one: 1-3, 7."""
    runs = [[page for _, page in run] for _, run in groupby(enumerate(pages), lambda pair: pair[1] - pair[0])]
    return ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)


@main.command()
def schema() -> None:
    """Print the JSON Schema of one document's facts, as `minutebook extract` prints them."""
    from minutebook.extract.facts import Facts

    click.echo(json.dumps(Facts.model_json_schema(by_alias=True), indent=2))


@main.command()
@click.option("--serve/--no-serve", "serving", default=True, help="Show the site at the end, or stop before.")
@click.option(
    "--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port of the site on this machine."
)
@click.pass_context
def demo(ctx: click.Context, serving: bool, port: int) -> None:
    """Do all of it on an invented county: crawl its website on this machine, read, publish, and show the site."""
    from minutebook.fixtures import AUTHORITY
    from minutebook.fixtures.server import CountyServer

    with CountyServer(free_port(DEMO_PORT)) as county:
        say(f"The website of {AUTHORITY['name']} (invented) is at {county.base_url}")
        with one_at_a_time(ctx):
            authority = {**AUTHORITY, "base_url": county.base_url}
            news, published = run_night(
                ctx, [authority], Manners(delay=0), workers=1, limits=Limits(), least=LEAST_CONFIDENCE, minutes=30
            )
        if published is None:
            ctx.exit(1)
        show("What was found", published.rows.items(), "table", "rows")
        say(f"The site's file is {published.path}.")
        if serving:
            say(f"The site is at http://127.0.0.1:{port}/ until you press Ctrl-C.")
            ctx.exit(run_serve(ctx.obj, port))
    ctx.exit(0 if news.well else 1)


def free_port(wanted: int) -> int:
    """A port if nothing listens there, so that addresses stay the same from run to run; else any free one (0)."""
    import socket

    with socket.socket() as probe:
        return 0 if probe.connect_ex(("127.0.0.1", wanted)) == 0 else wanted


if __name__ == "__main__":
    main()
