"""A small OpenID Connect server over real HTTP: code flow, PKCE, RS256. `lies` changes what it says."""

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "morgen", "a client secret"


@dataclass(eq=False)
class OidcServer:
    """`person`: the claims of who signs in. `lies`: claims that the token gets instead."""

    address: str = ""
    person: dict[str, Any] = field(default_factory=dict)
    lies: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    signs_with: RSAKey | None = None

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "jwks_uri": f"{self.address}/keys",
        }

    def authorize(self, asked: dict[str, str]) -> str:
        """Where the browser goes back to. Everybody is let in as `person`."""
        assert asked["client_id"] == CLIENT
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        given = base64.b64encode(f"{CLIENT}:{SECRET}".replace(" ", "+").encode()).decode()
        plain = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization not in (f"Basic {given}", f"Basic {plain}"):
            return 401, {"error": "invalid_client"}
        asked = self.codes.pop(form["code"], None)
        made = base64.urlsafe_b64encode(hashlib.sha256(form["code_verifier"].encode()).digest()).decode().rstrip("=")
        if asked is None or made != asked["code_challenge"]:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {"iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"]}
        signed = jwt.encode(
            {"alg": "RS256", "kid": "one"}, claims | self.person | self.lies, self.signs_with or self.key
        )
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": signed}


def _handler(server: OidcServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            at = urlsplit(self.path)
            server.asked.append(at.path)
            if at.path == "/authorize":
                self.send_response(302)
                self.send_header(
                    "Location", server.authorize({name: each[0] for name, each in parse_qs(at.query).items()})
                )
                self.send_header("Content-Length", "0")
                self.end_headers()
            elif at.path == "/keys":
                self._say(200, KeySet([server.key]).as_dict(private=False))
            else:
                self._say(200, server.description())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            server.asked.append(self.path)
            form = {name: each[0] for name, each in parse_qs(body).items()}
            self._say(*server.token(form, self.headers.get("Authorization", "")))

        def _say(self, status: int, what: Any) -> None:
            told = json.dumps(what).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(told)))
            self.end_headers()
            self.wfile.write(told)

    return Handler


@contextmanager
def oidc_server() -> Iterator[OidcServer]:
    made = OidcServer()
    with ThreadingHTTPServer(("127.0.0.1", 0), _handler(made)) as http:
        made.address = f"http://127.0.0.1:{http.server_address[1]}"
        thread = threading.Thread(target=http.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield made
        http.shutdown()
        thread.join(5)
