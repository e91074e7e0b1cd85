"""What the page of one row tells besides it: a fact's words in context, a meeting's minute, a person's meetings."""

import re
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted
from datasette.utils.asgi import Request

from minutebook.models.site import DATABASE

Found = dict[str, Any]

# One row of each table of facts, in words.
FACTS = {
    "resolutions": "decision",
    "recommendations": "recommendation",
    "actions": "action",
    "attendances": "attendance",
    "interests": "declaration of interest",
}
AROUND = 500  # characters shown before and after the words
MOST = 500  # rows of one kind on a page
PHRASE = 8  # words by which an answer is found
PATIENCE = 60  # milliseconds for finding answers

EVIDENCE = """
select evidence.*, pages.text as page_text
from {table} join evidence on evidence.id = {table}.evidence_id left join pages on pages.id = evidence.page_id
where {table}.id = :id
"""
STATED = "select id, document, page from evidence where {fact}_id = :id order by document, page, start limit 50"
OF_MEETING = "select * from {table} where meeting_id = :id order by position limit {most}"
DOCUMENTS = "select * from documents where meeting_id = :id order by kind = 'minutes' desc, title, id limit 500"
# Later rows of the authority, this meeting's own decisions included, in which the same words stand.
ANSWERS = """
select id, text, outcome, meeting_date, committee, authority, evidence_id, ref, item, item_title, addressed_to,
    mover, votes_for, votes_against, votes_abstain, vote_manner
from {table}
where id in (select rowid from {table}_fts where {table}_fts match :phrase)
    and authority_id = :authority_id and meeting_date >= :meeting_date and id <> :id
order by meeting_date, position limit 10
"""
STATUSES = "select status, count(*) as meetings from attendances where person_id = :id group by status order by 2 desc"
ATTENDED = "select * from attendances where person_id = :id order by meeting_date desc, id limit 100"
DECLARED = """
select interests.* from people
join interests on interests.name = people.name and interests.authority_id = people.authority_id
where people.id = :id order by interests.meeting_date desc limit 100
"""


async def _all(database: Database, sql: str, **values: Any) -> list[Found]:
    return [dict(row) for row in (await database.execute(sql, values)).rows]


def in_context(evidence: Found) -> tuple[str, str, str]:
    """The words with what stands around them; only the words, if the page is not held or was cut."""
    text, start, end = evidence["page_text"] or "", evidence["start"], evidence["end"]
    if text[start:end] != evidence["quote"]:
        return "", evidence["quote"], ""
    return text[max(0, start - AROUND) : start], evidence["quote"], text[end : end + AROUND]


def phrase(text: str) -> str | None:
    """The end of a text as a phrase for full-text search; None if the text is too short to be told from others.

    >>> phrase("That the Panel asks the Commissioner to publish the results of the pilot.")
    '"commissioner to publish the results of the pilot"'
    """
    words = re.findall(r"\w+", text.lower())
    return f'"{" ".join(words[-PHRASE:])}"' if len(words) >= PHRASE else None


async def answers(database: Database, row: Found) -> list[Found]:
    """What became of a recommendation, as far as later decisions and recommendations say it in the same words."""
    wanted = phrase(row["text"])
    if not wanted or not row["meeting_date"]:
        return []
    values = {name: row[name] for name in ("id", "authority_id", "meeting_date")} | {"phrase": wanted}
    found = []
    for table in ("resolutions", "recommendations"):
        try:
            rows = await database.execute(ANSWERS.format(table=table), values, custom_time_limit=PATIENCE)
        except QueryInterrupted:
            continue
        found += [dict(answer) | {"table": table} for answer in rows.rows]
    return sorted(found, key=lambda answer: str(answer["meeting_date"]))


async def fact(database: Database, table: str, row_id: int) -> Found:
    """The words of a fact in their context, the papers that state it, its meeting's other rows of the same item."""
    rows = await _all(database, f"select * from {table} where id = :id", id=row_id)  # noqa: S608 one of FACTS
    if not rows:
        return {}
    row = rows[0]
    stood = await _all(database, EVIDENCE.format(table=table), id=row_id)
    meeting = await _meeting_facts(database, row["meeting_id"]) if row["meeting_id"] and "item_title" in row else {}
    return {
        "row": row,
        "noun": FACTS[table],
        "context": in_context(stood[0]) if stood else ("", row["quote"] or "", ""),
        "evidence": stood[0] if stood else None,
        "stated": await _all(database, STATED.format(fact=table[:-1]), id=row_id),
        "kin": {
            name: [other for other in others if _same_item(row, other) and (name, other["id"]) != (table, row_id)]
            for name, others in meeting.items()
        },
        "answers": await answers(database, row) if table == "recommendations" else [],
    }


def _same_item(one: Found, other: Found) -> bool:
    keys = ("item", "item_title")
    return any(one[key] for key in keys) and all(one[key] == other[key] for key in keys)


async def _meeting_facts(database: Database, meeting_id: int) -> dict[str, list[Found]]:
    tables = ("resolutions", "recommendations", "actions", "interests")
    return {table: await _all(database, OF_MEETING.format(table=table, most=MOST), id=meeting_id) for table in tables}


def _number(printed: str | None) -> str:
    return (printed or "").strip(" .()")


def by_item(items: list[Found], facts: dict[str, list[Found]]) -> list[Found]:
    """The agenda in order, with what was decided and asked for under each item; then what no item of it is known for.

    A fact belongs to the item of its title; without a title, to the one of its number.
    """
    groups = [item | {"printed": item["minute_number"] or item["number"]} for item in items]
    titles = {group["title"].casefold(): group for group in reversed(groups)}
    numbers = {_number(group[key]): group for key in ("number", "minute_number") for group in groups}
    others: dict[tuple[str, str], Found] = {}
    for table, rows in facts.items():
        for row in rows:
            number, title = _number(row["item"]), (row["item_title"] or "").casefold()
            group = titles.get(title) if title else numbers.get(number) if number else None
            if group is None:
                unlisted = {"printed": row["item"], "title": row["item_title"]}
                group = others.setdefault((number, title), unlisted)
            group.setdefault(table, []).append(row)
    return [*groups, *others.values()]


async def meeting(database: Database, meeting_id: int) -> Found:
    """All that is held of a meeting, put as a minute."""
    listed = {
        table: await _all(database, OF_MEETING.format(table=table, most=MOST), id=meeting_id)
        for table in ("attendances", "agenda_items", "recorded_votes")
    }
    facts = await _meeting_facts(database, meeting_id)
    return listed | {
        "interests": facts.pop("interests"),
        "business": by_item(listed["agenda_items"], facts),
        "documents": await _all(database, DOCUMENTS, id=meeting_id),
        "counts": {table: len(rows) for table, rows in facts.items()},
    }


async def person(database: Database, person_id: int) -> Found:
    """At which meetings a person was, and what they declared."""
    return {
        "statuses": await _all(database, STATUSES, id=person_id),
        "attendances": await _all(database, ATTENDED, id=person_id),
        "interests": await _all(database, DECLARED, id=person_id),
    }


@hookimpl
def extra_template_vars(
    datasette: Datasette, request: Request | None, database: str | None, table: str | None, view_name: str
) -> Callable[[], Awaitable[Found]]:
    """`record`, and the words for citing it, on the page of one row."""

    async def record() -> Found:
        if view_name != "row" or database != DATABASE or request is None or not request.url_vars["pks"].isdigit():
            return {}
        row_id, held = int(request.url_vars["pks"]), datasette.get_database(DATABASE)
        path = datasette.urls.row(DATABASE, table, str(row_id))
        always = {
            "permanent": datasette.absolute_url(request, path),
            "today": datetime.now(UTC).date().isoformat(),
            "row_id": row_id,
        }
        if table in FACTS:
            return always | {"record": await fact(held, table, row_id)}
        if table == "meetings":
            return always | {"record": await meeting(held, row_id)}
        return always | ({"record": await person(held, row_id)} if table == "people" else {})

    return record
