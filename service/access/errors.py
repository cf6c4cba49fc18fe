"""What can be wrong with somebody's access, as a branch of the package's tree of exceptions.

AllocatorError
└── AccessError
    ├── NotSignedIn     nobody is known by what was shown, or not any more
    ├── NotAllowed      somebody is known, but their role does not include this
    ├── NotVouched      the provider that signs people in does not say who somebody is
    └── WeakPassword    a new password that others would guess
"""

from __future__ import annotations

from allocator.errors import AllocatorError


class AccessError(AllocatorError):
    """Somebody asks for what is not theirs."""


class NotSignedIn(AccessError):
    """Nobody is known by what was shown; why is not said."""


class NotAllowed(AccessError):
    """The role does not include this."""


class NotVouched(AccessError):
    """The provider of single sign-on does not say who somebody is."""


class WeakPassword(AccessError):
    """A new password is not taken; the message says why."""
