"""What can go wrong around stored things, as a branch of the package's tree of exceptions.

AllocatorError
└── StoreError
    ├── NotFound        there is no such thing, or it is somebody else's
    ├── Conflict        what is asked does not fit the present state
    │   └── Changed     it has changed since the caller read it
    ├── TooLate         the request has been answered already (`deadline`)
    └── StoreUnusable   the database is missing, too new, or not as it should be
"""

from __future__ import annotations

from allocator.errors import AllocatorError


class StoreError(AllocatorError):
    """Anything that the store raises on purpose; the message is a sentence for the caller."""


class NotFound(StoreError):
    """There is no such thing for this tenant."""

    def __init__(self, kind: str, id_: str) -> None:
        self.kind = kind
        self.id = id_
        super().__init__(f"There is no {kind} {id_!r}.")


class Conflict(StoreError):
    """What was asked does not fit the present state; nothing has been changed."""

    def __init__(self, message: str, current: str | None = None) -> None:
        self.current = current
        """The state that is there instead, such as the present ETag."""
        super().__init__(message)


class Changed(Conflict):
    """It has changed since the caller read it."""


class StoreUnusable(StoreError):
    """The database cannot be used as it is; the message says what to do."""
