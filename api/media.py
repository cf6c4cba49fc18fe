"""In which form an answer is wanted, and under which name it is saved."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import Header

from api.bodies import XLSX

Accept = Annotated[
    str, Header(max_length=500, description=f"`{XLSX}` for a workbook; JSON otherwise.")
]


def wants_workbook(accept: str) -> bool:
    """Whether an Accept header names workbooks, and nothing else that we have before them."""
    for each in accept.lower().split(","):
        media = each.partition(";")[0].strip()
        if media in (XLSX, "application/json"):
            return media == XLSX
    return False


def attachment(name: str) -> str:
    """A Content-Disposition: saved as a file of this name (RFC 6266), in whatever script it is."""
    safe = "".join(it if it.isalnum() or it in " .-_()" else "_" for it in name)[-120:]
    plain = "".join(it if it.isascii() else "_" for it in safe)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe)}"
