"""Lists of plain objects that stand beside the posts of an export: read, and saved row by row."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from blog.importing.encoding import MAX_BYTES
from blog.importing.report import Finding, Report

# A list of sources may be long; a post may not.
MAX_JSON = 25 * MAX_BYTES
# Of a row that cannot be; anything else is a fault of ours and must be seen.
NOT_SAVED = (DatabaseError, ValidationError, ValueError, TypeError, OverflowError)


def saved(save: Callable[[], object], item: dict[str, Any], name: str, report: Report) -> None:
    """Save one row, whole or not at all; one that cannot be is reported and stops nothing."""
    try:
        with transaction.atomic():
            save()
    except NOT_SAVED as error:
        what = item.get("slug") or item.get("id") or item.get("name")
        reason = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        report.add(Finding.REFUSED, name, what=f"{what}: {reason}")


def items(folder: Path, name: str, report: Report) -> list[dict[str, Any]]:
    """The objects of a file that holds a list of them; [] when there is no such file."""
    data = read(folder, name, report)
    return [item for item in data if isinstance(item, dict)] if isinstance(data, list) else []


def read(folder: Path, name: str, report: Report) -> Any:
    path = folder / name
    if not path.is_file() or path.is_symlink():
        return None
    try:
        if path.stat().st_size > MAX_JSON:
            raise ValueError("too large")
        return json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        report.add(Finding.REFUSED, name, what=f"cannot be read: {error}")
        return None
