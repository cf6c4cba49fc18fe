"""Answers that never change: made once, kept compressed, and not sent to those who have them."""

from __future__ import annotations

import gzip
import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Header, Response

from allocator.formats.text.tree import dump_json

MOST = 32
"""So many answers are kept, those that were asked for last."""

LEVEL = 9

IfNoneMatch = Annotated[
    str | None, Header(alias="If-None-Match", max_length=200, description="The ETag that you know.")
]
AcceptEncoding = Annotated[str, Header(alias="Accept-Encoding", max_length=200)]

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": {"type": "object"}}}},
    304: {"description": "What you have is what there is."},
}


class Kept:
    """Compressed answers by name, the latest of them; shared by all requests of a process."""

    def __init__(self) -> None:
        self._found: OrderedDict[str, bytes] = OrderedDict()
        self._lock = threading.Lock()

    def answer(
        self, name: str, make: Callable[[], object], known: str | None, coding: str
    ) -> Response:
        """The answer of a name, which must tell apart all that differs; 304 if it is known."""
        headers = {
            "ETag": f'"{name}"',
            "Vary": "Accept-Encoding",
            "Cache-Control": "private, no-cache",
        }
        if known is not None and headers["ETag"] in (it.strip() for it in known.split(",")):
            return Response(status_code=304, headers=headers)
        content = self._content(name, make)
        if "gzip" in coding.lower():
            headers["Content-Encoding"] = "gzip"
        else:
            content = gzip.decompress(content)
        return Response(content, headers=headers, media_type="application/json")

    def forget(self) -> None:
        """Make all answers anew when they are asked for next."""
        with self._lock:
            self._found.clear()

    def _content(self, name: str, make: Callable[[], object]) -> bytes:
        with self._lock:
            if name in self._found:
                self._found.move_to_end(name)
                return self._found[name]
        content = gzip.compress(dump_json(make(), indent=None).encode(), LEVEL, mtime=0)
        with self._lock:
            self._found[name] = content
            if len(self._found) > MOST:
                self._found.popitem(last=False)
        return content
