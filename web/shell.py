"""The one page that is sent: a head with addresses, an empty body; modules do the rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, select_autoescape

from web.files import HERE, Files, read_static
from web.messages import LANGUAGES, read_messages
from web.views import ahead

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "font-src 'self'",
        "manifest-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    )
)
"""What the pages may do: nothing but what comes from this server as a file."""

THEMES = ("light", "dark")


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody likes the pages; no theme means that of their system."""

    language: str
    theme: str | None


@cache
def files() -> Files:
    """All that is sent beside the shell."""
    return Files(read_static() | read_messages())


def shell(base: str, path: str, reader: Reader) -> str:
    """The page for a reader at a path, below a base such as `/` or `/planning/`."""
    return _template().render(
        base=base,
        static=f"static/{files().version}",
        modules=files().imported("js/main.js"),
        ahead=ahead(path, files()),
        reader=reader,
        languages=LANGUAGES,
    )


@cache
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=select_autoescape(),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("shell.html")
