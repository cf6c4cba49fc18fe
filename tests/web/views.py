"""Every view that the pages register, as `web/static/js/views.js` lists them."""

from __future__ import annotations

import re

from web.files import STATIC

LISTED = (STATIC / "js/views.js").read_text(encoding="utf-8")

VIEWS: dict[str, str] = {
    path: name for name, path in re.findall(r'name: "([^"]+)",\s*path: "([^"]+)",', LISTED)
}
"""The name of each view by its path."""

RIGHTS: dict[str, str] = dict.fromkeys(VIEWS, "read") | dict(
    re.findall(r'path: "([^"]+)",[^{}]*right: "([^"]+)"', LISTED)
)
"""What somebody must have the right to, by path."""

OPEN = re.findall(r'path: "([^"]+)",[^{}]*open: true', LISTED)
"""The paths for those who have not signed in."""
