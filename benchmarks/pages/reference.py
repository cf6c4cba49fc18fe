"""The page of an earlier trial, served with the same plan: what the pages are held against.

It wants `index.html` with a few placeholders, its modules under `static/`, and its plan as columns.
"""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from benchmarks.pages.generated import WEEKS, Tree
from service.plans.timeline.clock import DAY

TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html; charset=utf-8"}


@contextmanager
def served(directory: Path, timeline: Tree) -> Iterator[str]:
    """The address of the page, which shows a plan given as a timeline document."""
    files = {f"/static/{it.name}": it.read_bytes() for it in directory.iterdir() if it.is_file()}
    people = str(len(timeline["people"]["id"]))
    shell = (directory / "index.html").read_text()
    for name, value in {"base": "/", "people": people, "engine": "dom", "role": ""}.items():
        shell = shell.replace("{{ " + name + " }}", value)
    files["/index.html"] = shell.encode()
    files["/api/plans/A"] = json.dumps(_wire(timeline), separators=(",", ":")).encode()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, files))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/index.html"
    finally:
        server.shutdown()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, files: dict[str, bytes], *rest: Any) -> None:
        self.files = {path: gzip.compress(content, 9) for path, content in files.items()}
        super().__init__(*rest)

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        why = gzip.compress(json.dumps({"person": "", "reasons": [], "alternatives": []}).encode())
        content = self.files.get(path, why)
        self.send_response(200)
        self.send_header("Content-Type", TYPES.get(Path(path).suffix, "application/json"))
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_: Any) -> None:
        """Nothing: only figures come out."""


def _wire(timeline: Tree) -> Tree:
    """The same bookings as the trial's columns."""
    seats, tasks = timeline["seats"], timeline["tasks"]
    of = [task for task, count in enumerate(tasks["seats"]) for _ in range(count)]
    starts = [day * DAY + it for day, it in zip(seats["day"], seats["minute"], strict=True)]
    names = sorted({name or id_ for name, id_ in zip(tasks["name"], tasks["id"], strict=True)})
    at = {name: number for number, name in enumerate(names)}
    titles = [name or id_ for name, id_ in zip(tasks["name"], tasks["id"], strict=True)]
    return {
        "name": timeline["name"],
        "origin": timeline["start"],
        "weeks": WEEKS,
        "people": [
            {
                "name": name or id_,
                "team": timeline["sites"]["id"][site],
                "site": timeline["sites"]["id"][site],
                "skills": [],
            }
            for name, id_, site in zip(
                timeline["people"]["name"],
                timeline["people"]["id"],
                timeline["people"]["site"],
                strict=True,
            )
        ],
        "projects": timeline["projects"]["id"],
        "tasks": names,
        "rooms": [],
        "groups": [],
        "away": [],
        "items": {
            "id": list(range(len(of))),
            "person": seats["person"],
            "project": [tasks["project"][task] for task in of],
            "task": [at[titles[task]] for task in of],
            "room": [-1] * len(of),
            "group": [-1] * len(of),
            "start": starts,
            "end": [it + long for it, long in zip(starts, seats["length"], strict=True)],
            "flags": [0] * len(of),
        },
    }
