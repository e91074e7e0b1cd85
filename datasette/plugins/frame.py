"""What the frame of every page tells: the day the site was last published."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from datasette import hookimpl
from datasette.app import Datasette

from minutebook.models.site import DATABASE


@hookimpl
def extra_template_vars(datasette: Datasette) -> dict[str, Any]:
    """`last_publish`, the day as ISO 8601; None while the file is missing."""
    path = Path(datasette.get_database(DATABASE).path)
    published = datetime.fromtimestamp(path.stat().st_mtime, UTC).date().isoformat() if path.exists() else None
    return {"last_publish": published}
