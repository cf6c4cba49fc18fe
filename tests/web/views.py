"""Every view that the pages register, as `web/static/js/views.js` lists them."""

from __future__ import annotations

import re

from web.files import STATIC

LISTED = (STATIC / "js/views.js").read_text(encoding="utf-8")

VIEWS: dict[str, str] = dict(re.findall(r'name: "([^"]+)",\s*path: "([^"]+)",', LISTED))
"""The path of each view by its name."""

OPEN = re.findall(r'name: "([^"]+)",[^{}]*open: true', LISTED)
"""The views for those who have not signed in."""
