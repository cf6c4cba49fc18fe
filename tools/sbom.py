"""What the service is made of, as a CycloneDX document: every package of a lock file, as installed.

    python tools/sbom.py requirements.lock > sbom.json

Packages that are locked for other systems, and are not installed here, are left out.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata, version
from pathlib import Path
from typing import Any

ENTRY = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")


def locked(lock: str) -> Iterator[tuple[str, str, list[str]]]:
    """The packages of a lock file: name, version, and the hashes that a file of it may have."""
    places = [*ENTRY.finditer(lock)]
    ends = [*(it.start() for it in places[1:]), len(lock)]
    for place, end in zip(places, ends, strict=True):
        yield place[1], place[2], HASH.findall(lock[place.start() : end])


def component(name: str, hashes: list[str]) -> dict[str, Any]:
    """One package as it is installed."""
    about = metadata(name)
    licence = about.get("License-Expression") or about.get("License") or ""
    stated = [
        it.split(" :: ")[-1] for it in about.get_all("Classifier") or () if "License ::" in it
    ]
    shown = licence.splitlines()[0] if licence else ", ".join(stated)
    return {
        "type": "library",
        "name": name,
        "version": version(name),
        "purl": f"pkg:pypi/{name}@{version(name)}",
        "licenses": [{"license": {"name": shown or "see the package"}}],
        "properties": [{"name": "allocator:sha256", "value": it} for it in hashes],
    }


def bill(lock: str) -> dict[str, Any]:
    """The document."""
    components = []
    for name, _, hashes in locked(lock):
        try:
            components.append(component(name, hashes))
        except PackageNotFoundError:
            continue
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "name": "allocator",
                "version": version("allocator"),
                "licenses": [{"license": {"id": "Apache-2.0"}}],
            }
        },
        "components": components,
    }


if __name__ == "__main__":
    json.dump(bill(Path(sys.argv[1]).read_text(encoding="ascii")), sys.stdout, indent=1)
