"""What a reader takes away: the addresses of a page's rows in other forms, and CSV that spreadsheets open rightly.

`_excel=on` makes of any CSV one that begins with a byte order mark and in which no cell is taken for a formula; plain
CSV stays exact.
"""

import csv
import io
from codecs import getincrementaldecoder
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette import hookimpl
from datasette.app import Datasette
from datasette.utils.asgi import Request

from minutebook.models.site import DATED
from minutebook.models.spreadsheet import BOM, harmless

App = Callable[[dict[str, Any], Any, Any], Awaitable[None]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
OF_THE_PAGE = ("_next", "_size", "_facet", "_facet_size", "_nofacet", "_labels", "_dl", "_stream")
WHOLE = {"_stream": "on", "_size": "max", "_dl": "on"}

csv.field_size_limit(8_000_000)  # characters; limits.py allows a cell no more


class Spreadsheet:
    """Sends a CSV answer on, row by row, made for spreadsheets; an answer that is none goes on as it is."""

    def __init__(self, send: Send, name: str) -> None:
        self.send = send
        self.name = name
        self.decode = getincrementaldecoder("utf-8")("replace").decode
        self.pending = ""
        self.is_csv = False

    async def __call__(self, message: dict[str, Any]) -> None:
        """Send one message of an answer."""
        if message["type"] == "http.response.start" and message["status"] == 200:
            self.is_csv, self.pending = True, BOM
            message = message | {"headers": self.headers(message["headers"])}
        elif self.is_csv:
            last = not message.get("more_body", False)
            message = message | {"body": self.rows(self.decode(message.get("body", b""), last), last).encode()}
        await self.send(message)

    def headers(self, sent: list[Any]) -> list[tuple[bytes, bytes]]:
        """Those of a file to be saved."""
        own = {
            b"content-type": b"text/csv; charset=utf-8",
            b"content-disposition": f'attachment; filename="{self.name}"'.encode(),
        }
        return [(key, value) for key, value in sent if key.lower() not in {*own, b"content-length"}] + [*own.items()]

    def rows(self, text: str, last: bool) -> str:
        """As many whole rows as there are by now, each cell harmless."""
        self.pending += text
        whole = self.pending.endswith("\r\n") and self.pending.count('"') % 2 == 0
        if not (whole or last):
            return ""
        text, self.pending = self.pending, ""
        mark = BOM if text.startswith(BOM) else ""
        made = io.StringIO(newline="")
        csv.writer(made).writerows(map(harmless, row) for row in csv.reader(io.StringIO(text[len(mark) :], newline="")))
        return mark + made.getvalue()


@hookimpl
def asgi_wrapper() -> Callable[[App], App]:
    """Make CSV for spreadsheets where it is asked for."""

    def wrap(app: App) -> App:
        async def spreadsheet(scope: dict[str, Any], receive: Any, send: Send) -> None:
            wanted = scope["type"] == "http" and b"_excel=on" in scope["query_string"].split(b"&")
            if wanted and scope["path"].endswith(".csv"):
                send = Spreadsheet(send, scope["path"].rpartition("/")[2])
            await app(scope, receive, send)

        return spreadsheet

    return wrap


@hookimpl
def extra_template_vars(
    request: Request | None, columns: list[str] | None, datasette: Datasette
) -> dict[str, dict[str, str]]:
    """`takeaway`: where the rows of a list or ready question are as `excel`, `csv`, `json` and, if dated, `atom`."""
    words = request.url_vars if request else {}
    if "pks" in words or not columns or not ("table" in words or request.args.get("sql")):
        return {"takeaway": {}}
    asked = [(key, value) for key, value in parse_qsl(request.query_string) if key not in OF_THE_PAGE]

    def address(form: str, more: dict[str, str]) -> str:
        query = urlencode([*asked, *more.items()])
        return f"{request.path}.{form}{'?' if query else ''}{query}"

    found = {"excel": address("csv", WHOLE | {"_excel": "on"}), "csv": address("csv", WHOLE)}
    found["json"] = address("json", {"_shape": "objects"})
    return {"takeaway": found | ({"atom": address("atom", {})} if {*DATED} & {*columns} else {})}
