"""OpenID Connect with one server: code flow with PKCE, state and nonce kept sealed in the browser that began.

Its libraries are imported where they are used: few installations have such a server, and all of them start. Those that
have one `load` them at the start, not while a room is live.
"""

import hmac
import json
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

import httpx2

from app import clock, ids, links
from app.core.single_sign_on import Person
from app.settings import Settings

PURPOSE = "single sign-on"
TAKES = 600
"""Seconds that somebody may be away to type a password there."""
PATIENCE = 10.0
LEEWAY = 60
ALGORITHMS = ["RS256", "PS256", "ES256"]
"""No `none`, and none with a shared secret."""


def load() -> None:
    for name in ("authlib.integrations.httpx_client", "joserfc.jwk", "joserfc.jwt"):
        import_module(name)


class Failed(Exception):
    """The server does not answer, or what it says does not hold. The reason is for the log."""


@dataclass(eq=False)
class SignInServer:
    """The one that the settings name. `back`: where it sends people afterwards."""

    settings: Settings
    back: str
    described: dict[str, Any] = field(default_factory=dict)

    async def begin(self) -> tuple[str, str]:
        """Where to go, and what the browser has to keep meanwhile."""
        kept = {name: ids.random_id() + ids.random_id() for name in ("state", "nonce", "verifier")}
        client = self._client()
        address, _ = client.create_authorization_url(
            (await self._describe())["authorization_endpoint"],
            state=kept["state"],
            nonce=kept["nonce"],
            code_verifier=kept["verifier"],
        )
        await client.aclose()
        return str(address), links.seal(PURPOSE, json.dumps(kept))

    async def end(self, code: str, state: str, kept: str) -> Person:
        """Who came back. Raises Failed."""
        from authlib.integrations.httpx_client import OAuthError  # type: ignore[import-untyped]
        from joserfc.errors import JoseError

        opened = links.unseal(PURPOSE, kept, TAKES)
        if opened is None:
            raise Failed("this browser did not begin, or too long ago")
        known: dict[str, str] = json.loads(opened)
        if not hmac.compare_digest(known["state"].encode(), state.encode()):
            raise Failed("another state")
        try:
            async with self._client() as client:
                token = await client.fetch_token(
                    (await self._describe())["token_endpoint"], code=code, code_verifier=known["verifier"]
                )
            return _person(await self._claims(str(token.get("id_token", "")), known["nonce"]))
        except (OAuthError, JoseError, httpx2.HTTPError, KeyError, ValueError, TypeError) as error:
            raise Failed(f"{type(error).__name__}: {error}") from error

    def _client(self) -> Any:
        from authlib.integrations.httpx_client import AsyncOAuth2Client

        return AsyncOAuth2Client(
            self.settings.oidc_client_id,
            self.settings.oidc_client_secret.get_secret_value(),
            scope="openid email profile",
            redirect_uri=self.back,
            code_challenge_method="S256",
            timeout=PATIENCE,
        )

    async def _describe(self) -> dict[str, Any]:
        if not self.described:
            issuer = self.settings.oidc_issuer
            found = await _get(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
            if found.get("issuer") != issuer:
                raise Failed(f"the issuer calls itself {found.get('issuer')}")
            self.described = found
        return self.described

    async def _claims(self, token: str, nonce: str) -> dict[str, Any]:
        """What the token says, after its signature, issuer, audience, time and nonce were checked."""
        from joserfc import jwt
        from joserfc.jwk import KeySet

        keys = KeySet.import_key_set(await _get((await self._describe())["jwks_uri"]))  # type: ignore[arg-type]
        claims = jwt.decode(token, keys, algorithms=ALGORITHMS).claims
        audience = self.settings.oidc_client_id
        registry = jwt.JWTClaimsRegistry(
            now=int(clock.now().timestamp()),
            leeway=LEEWAY,
            iss={"essential": True, "value": self.settings.oidc_issuer},
            aud={"essential": True, "value": audience},
            exp={"essential": True},
            iat={"essential": True},
            sub={"essential": True},
        )
        registry.validate(claims)
        if not hmac.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
            raise Failed("another nonce")
        if claims.get("azp", audience) != audience or (isinstance(claims["aud"], list) and len(claims["aud"]) > 1):
            raise Failed("a token for somebody else too")
        return claims


async def _get(address: str) -> dict[str, Any]:
    try:
        async with httpx2.AsyncClient(timeout=PATIENCE) as client:
            answer = await client.get(address)
            answer.raise_for_status()
            return dict(answer.json())
    except (httpx2.HTTPError, ValueError) as error:
        raise Failed(f"{type(error).__name__}: {address}") from error


def _person(claims: dict[str, Any]) -> Person:
    """Entra's lasting id is `oid`: its `sub` differs per application. An address that the server calls unverified
    counts for nothing."""
    verified = claims.get("email_verified", True) in (True, "true")
    methods = claims.get("amr")
    return Person(
        subject=f"{claims['iss']} {claims.get('oid') or claims['sub']}",
        address=str(claims.get("email") or "") if verified else "",
        name=str(claims.get("name") or "")[:120],
        factors=2 if isinstance(methods, list) and "mfa" in methods else 1,
    )
