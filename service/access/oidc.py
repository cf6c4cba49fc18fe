"""Single sign-on: an OpenID Connect provider says who somebody is, and which groups they are in.

The authorization code flow with PKCE (RFC 7636) and a nonce, as OpenID Connect Core 1.0 has it:
the reader's browser goes to the provider and comes back with a code; the service exchanges it for
an ID token, and checks the token's signature, issuer, audience, nonce and time.
"""

from __future__ import annotations

import secrets
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import httpx2
from authlib.integrations.base_client import OAuthError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from service.access.errors import NotVouched
from service.access.sso_settings import Settings

SECONDS = 10.0
"""How long one answer of the provider is waited for."""

KNOWN_SECONDS, KEYS_SECONDS = 3600.0, 60.0
"""How long what a provider says of itself holds, and how soon its keys are looked up again."""

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
"""Signatures that only the provider can make."""

LEEWAY = 60
"""Seconds by which clocks may differ."""


@dataclass(frozen=True, slots=True)
class Begun:
    """What a browser keeps while it is at the provider, so that only it can come back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for."""

    issuer: str
    subject: str
    name: str
    groups: frozenset[str]


class Provider:
    """A provider by its issuer; what it says of itself is asked for when it is needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._about: dict[str, Any] = {}
        self._keys = KeySet([])
        self._about_until = 0.0
        self._keys_from = 0.0

    async def begin(self, back: str) -> tuple[str, Begun]:
        """Where somebody is sent who wants to sign in, and what their browser keeps meanwhile."""
        about = await self._known()
        begun = Begun(*(secrets.token_urlsafe(32) for _ in range(3)))
        async with self._client(back) as client:
            url, _ = client.create_authorization_url(
                about["authorization_endpoint"],
                state=begun.state,
                nonce=begun.nonce,
                code_challenge=create_s256_code_challenge(begun.verifier),
                code_challenge_method="S256",
            )
        return str(url), begun

    async def end(self, begun: Begun, back: str, code: str) -> Vouched:
        """Whom the provider vouches for by a code; NotVouched if it does not."""
        about = await self._known()
        try:
            async with self._client(back) as client:
                answer = await client.fetch_token(
                    about["token_endpoint"],
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=begun.verifier,
                )
                claims = await self._claims(answer, begun.nonce)
                if self.settings.groups_claim not in claims and "userinfo_endpoint" in about:
                    reported = (await client.get(about["userinfo_endpoint"])).json()
                    if isinstance(reported, dict) and reported.get("sub") == claims["sub"]:
                        claims = {**reported, **claims}
        except (httpx2.HTTPError, OAuthError, JoseError, ValueError, KeyError, TypeError) as error:
            raise NotVouched(f"The provider did not vouch: {type(error).__name__}.") from error
        return self._vouched(claims)

    def _vouched(self, claims: Mapping[str, Any]) -> Vouched:
        name = claims.get(self.settings.name_claim)
        groups = claims.get(self.settings.groups_claim, [])
        if not isinstance(name, str) or not isinstance(groups, list):
            raise NotVouched(
                f"The provider says nothing of {self.settings.name_claim!r}, "
                f"or {self.settings.groups_claim!r} is no list."
            )
        return Vouched(
            self.settings.issuer,
            str(claims["sub"]),
            name,
            frozenset(it for it in groups if isinstance(it, str)),
        )

    async def _claims(self, answer: Mapping[str, Any], nonce: str) -> dict[str, Any]:
        """What an ID token says, once all that proves it has been checked."""
        text = str(answer["id_token"])
        try:
            decoded = jwt.decode(text, await self._known_keys(), algorithms=list(ALGORITHMS))
        except (JoseError, ValueError):
            # Providers change their keys, and sign with the new one at once.
            decoded = jwt.decode(
                text, await self._known_keys(anew=True), algorithms=list(ALGORITHMS)
            )
        claims = CodeIDToken(
            decoded.claims,
            decoded.header,
            {
                "iss": {"essential": True, "value": self.settings.issuer},
                "aud": {"essential": True, "value": self.settings.client_id},
            },
            {
                "nonce": nonce,
                "client_id": self.settings.client_id,
                "access_token": answer.get("access_token"),
            },
        )
        claims.validate(leeway=LEEWAY)
        return dict(claims)

    async def _known(self) -> dict[str, Any]:
        if time.monotonic() >= self._about_until:
            issuer = self.settings.issuer.rstrip("/")
            about = await _json(f"{issuer}/.well-known/openid-configuration")
            if about.get("issuer") != self.settings.issuer:
                raise NotVouched(f"The provider calls itself {about.get('issuer')!r}.")
            self._about, self._about_until = about, time.monotonic() + KNOWN_SECONDS
        return self._about

    async def _known_keys(self, *, anew: bool = False) -> KeySet:
        now = time.monotonic()
        if not self._keys.keys or (anew and now >= self._keys_from + KEYS_SECONDS):
            found = await _json((await self._known())["jwks_uri"])
            self._keys, self._keys_from = KeySet.import_key_set(found), now  # type: ignore[arg-type]
        return self._keys

    def _client(self, back: str) -> AsyncOAuth2Client:
        settings = self.settings
        return AsyncOAuth2Client(
            client_id=settings.client_id,
            client_secret=settings.secret,
            scope=" ".join(settings.scopes),
            redirect_uri=back,
            timeout=SECONDS,
            verify=_trusted(),
        )


async def _json(url: str) -> dict[str, Any]:
    try:
        async with httpx2.AsyncClient(timeout=SECONDS, verify=_trusted()) as client:
            answer = await client.get(url)
            answer.raise_for_status()
            tree = answer.json()
    except (httpx2.HTTPError, ValueError) as error:
        raise NotVouched(f"The provider does not answer: {type(error).__name__}.") from error
    if not isinstance(tree, dict):
        raise NotVouched("The provider answers with something else than it should.")
    return tree


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that are trusted: reading them takes longer than a whole request."""
    return ssl.create_default_context()
