"""The page docs/accuracy.md: the figures of an evaluation, beside what is written by hand in `accuracy.md.jinja`."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from minutebook import __version__
from minutebook.extract.evaluate import Evaluation, rate

TEMPLATE = "accuracy.md.jinja"


def accuracy_page(evaluation: Evaluation) -> str:
    """The page as Markdown; bodies are named by letters, since their papers are not in this repository."""
    loader = FileSystemLoader(Path(__file__).parent)
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, keep_trailing_newline=True
    )
    environment.filters["rate"] = rate
    page = environment.get_template(TEMPLATE)
    return page.render(extractor=__version__, evaluation=evaluation, bodies=_bodies(evaluation), **evaluation.figures())


def _bodies(evaluation: Evaluation) -> list[dict[str, Any]]:
    """The bodies in order of appearance: letter, number of documents, whether it is held out, its name in the gold."""
    return [
        {
            "letter": letter(number),
            "documents": sum(document.body == body for document in evaluation.documents),
            "held_out": body in evaluation.held_out,
            "name": body,
        }
        for number, body in zip(count(), evaluation.bodies, strict=False)
    ]


def letter(number: int) -> str:
    """A to Z, then AA, AB and so on; 0 is A."""
    return ("" if number < 26 else letter(number // 26 - 1)) + chr(ord("A") + number % 26)
