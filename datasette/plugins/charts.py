"""Charts: numbers by year and kind, drawn by pygal as SVG whose bars lead to the rows. The template shows the table.

Pygal, for it is kept, small, needs neither a browser nor scripts, and lets a bar be a link; its own styles and scripts
are taken out, because our Content-Security-Policy allows none within a page: `front.css` colours the bars.
"""

import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import pygal
from datasette import hookimpl
from jinja2 import Environment
from lxml import etree
from markupsafe import Markup

WIDTH, HEIGHT = 360, 220  # in which the letters can be read on a phone
MOST_YEARS = 15
KEPT = 256  # drawings; one takes 20 ms


def chart(figures: Mapping[str, Any]) -> Markup:
    """A stacked bar for each year of `figures`: `years`, and `series`, each with `name` and a cell for each year.

    A cell has `number` and the address `href` of its rows, or is null.
    """
    return _drawn(json.dumps({"years": figures["years"], "series": figures["series"]}))


@lru_cache(KEPT)
def _drawn(figures: str) -> Markup:
    shown = json.loads(figures)
    years = shown["years"][-MOST_YEARS:]
    drawing = pygal.StackedBar(
        width=WIDTH,
        height=HEIGHT,
        js=[],
        css=[],
        no_prefix=True,
        disable_xml_declaration=True,
        show_legend=False,  # the template writes it, in letters as large as its own
        max_scale=6,
        margin=4,
        spacing=8,
        x_label_rotation=0 if len(years) < 8 else 45,
        formatter=lambda number: f"{number:,.0f}" if number == int(number) else "",
    )
    drawing.x_labels = [str(year) for year in years]
    for series in shown["series"]:
        drawing.add(series["name"], [_bar(cell) for cell in series["cells"][-MOST_YEARS:]])
    drawing.add_xml_filter(_plain)
    return Markup(drawing.render(is_unicode=True))  # noqa: S704 lxml has escaped what is in it


def _bar(cell: Mapping[str, Any] | None) -> dict[str, Any] | None:
    return {"value": cell["number"], "xlink": {"href": cell["href"], "target": "_top"}} if cell else None


def _plain(root: Any) -> Any:
    """The drawing without scripts, styles and ids. The table beside it says all to those who do not see it."""
    for title in root.findall("title"):
        root.remove(title)
    for link in root.iter("a"):
        link.set("tabindex", "-1")
        notes = [note.text or "" for note in link.iter("desc") if note.get("class") in ("value", "x_label")]
        etree.SubElement(link, "title").text = ": ".join(reversed(notes))
    for element in list(root.iter("script", "style", "desc", etree.Comment)):
        element.getparent().remove(element)
    for element in root.iter():
        element.attrib.pop("style", None)
        element.attrib.pop("id", None)
    root.set("aria-hidden", "true")
    root.set("focusable", "false")
    return root


@hookimpl
def prepare_jinja2_environment(env: Environment) -> None:
    """Add it as a filter."""
    env.filters["chart"] = chart
