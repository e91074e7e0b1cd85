"""The folder that Datasette serves: its configuration, plugins, templates and styles beside the published file."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from copy import deepcopy
from functools import cache
from math import floor
from pathlib import Path
from typing import Any

import yaml

from minutebook.extract.confidence import measured
from minutebook.models.errors import StoreError

DATABASE = "minutebook"
SITE_FILE = f"{DATABASE}.db"
# When a row became known or happened, the first that there is; by the first three, tables are sorted for a feed.
NEWEST = ("found_on", "fetched_at", "published")
DATED = (*NEWEST, "decided", "meeting_date", "since")
BULK = "bulk"
PICTURES = "pictures"
MANIFEST = "manifest.json"
SOURCE = Path(__file__).parent.parent / "datasette"
COPIED = {"plugins": "*.py", "templates": "*.html", "static": "*.css"}


@cache
def site_config() -> dict[str, Any]:
    """The whole of `datasette.yaml`."""
    config: dict[str, Any] = yaml.safe_load((SOURCE / "datasette.yaml").read_text(encoding="utf-8"))
    return config


def table_config(table: str) -> dict[str, Any]:
    """Title, description, columns, facets and sort order of a published table; empty if it has none."""
    tables: dict[str, dict[str, Any]] = site_config()["databases"][DATABASE]["tables"]
    return tables.get(table, {})


def trust(table: str, found: dict[str, Any]) -> str:
    """How far the rows of a table can be trusted by what was `measured`, in words; empty if that was nothing."""
    words = _share(found, table)
    if not words:
        return ""
    where = f"{found['documents']} documents of {found['bodies']} bodies, extractor {found['extractor']}"
    apart = _share(found.get("held_out", {}), table)
    return f" {words} Measured on {where}.{' Of the bodies that taught it nothing: ' + apart if apart else ''}"


def _share(found: dict[str, Any], table: str) -> str:
    score = found.get("tables", {}).get(table, {})
    if not score.get("precision") or not score.get("recall"):
        return ""
    right, given = (floor(round(100 * score[rate], 6)) for rate in ("precision", "recall"))
    return f"Of 100 rows given, {right} are right; of 100 there are, {given} are found."


def undescribed(columns: dict[str, Iterable[str]]) -> list[str]:
    """What the configuration leaves undescribed, or describes without its being there, of columns by table."""
    wanted = {table for table in columns} | {f"{table}.{name}" for table, names in columns.items() for name in names}
    tables = site_config()["databases"][DATABASE]["tables"]
    described = {name for name, table in tables.items() if table.get("title") and table.get("description")}
    described |= {f"{name}.{column}" for name, table in tables.items() for column in table["columns"]}
    return sorted(wanted ^ described)


def prepare_site(site_dir: Path) -> None:
    """Write what Datasette reads beside the published file; a site that is being served may be prepared again.

    Files of ours that are no more in the program are removed from `plugins`, `templates` and `static`.
    """
    metadata = {key: value for key, value in deepcopy(site_config()).items() if key not in ("settings", "shared")}
    for name, table in metadata["databases"][DATABASE]["tables"].items():
        table["description"] += trust(name, measured())
    wanted = {
        Path("metadata.json"): json.dumps(metadata, indent=1, ensure_ascii=False),
        Path("settings.json"): json.dumps(site_config()["settings"], indent=1),
    }
    for folder, pattern in COPIED.items():
        (site_dir / folder).mkdir(parents=True, exist_ok=True)
        for path in (SOURCE / folder).glob(pattern):
            wanted[Path(folder) / path.name] = path.read_text(encoding="utf-8")
        for path in (site_dir / folder).glob(pattern):
            if path.relative_to(site_dir) not in wanted:
                path.unlink()
    for name, text in wanted.items():
        _put(site_dir / name, text)


def picture_path(site_dir: Path, sha256: str, page: int) -> Path:
    """The file of a page's picture; it is there once it was drawn."""
    return site_dir / PICTURES / sha256[:2] / f"{sha256}-{page}.png"


def editions(site_dir: Path) -> list[Path]:
    """The folders of bulk files, oldest first; see `bulk.py`."""
    return sorted(site_dir.glob(f"{BULK}/2*Z"))


def _put(path: Path, text: str) -> None:
    """Replace a file in one step, and only if it differs: Datasette may read it at any moment."""
    if path.exists() and path.read_text(encoding="utf-8") == text:
        return
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_text(text, encoding="utf-8")
    os.replace(fresh, path)


def site_command(site_dir: Path, port: int, host: str = "127.0.0.1") -> list[str]:
    """The command that serves the site, its folder prepared; raises `StoreError` if nothing was published yet."""
    if not (site_dir / SITE_FILE).exists():
        message = f"Nothing is published in {site_dir} yet. Run `minutebook publish` first."
        raise StoreError("no_site", message)
    prepare_site(site_dir)
    # -P: a folder named datasette where the command is run must not be taken for the library
    return [sys.executable, "-P", "-m", "datasette", "serve", str(site_dir), "--host", host, "--port", str(port)]
