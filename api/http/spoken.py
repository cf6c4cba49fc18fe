"""The language of an answer: the one that is named, else the one that a reader likes best."""

from __future__ import annotations

from typing import Annotated, Literal

from fastapi import Depends, Header, Query

from service.wording.language import Language, language
from web.messages import preferred

Code = Literal["en", "de", "sl", "hu", "hi"]


def _spoken(
    language_: Annotated[
        Code | None, Query(alias="language", description="Default: by Accept-Language.")
    ] = None,
    accept_language: Annotated[str, Header(max_length=1000)] = "",
) -> Language:
    return language(language_ or preferred(accept_language))


Spoken = Annotated[Language, Depends(_spoken)]
