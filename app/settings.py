"""The process's own settings: environment only, read once, frozen. Wrong input stops the start with a clear message."""

import socket
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    model_config = SettingsConfigDict(env_prefix="MORGEN_", frozen=True, extra="ignore")

    data: Path = Field(default=Path("data"), description="Folder for the database, the secret and unsent mails.")
    database: str = Field(
        default="", description="SQLAlchemy URL, `postgresql+asyncpg://…`. Empty: SQLite in the data folder."
    )
    bus: str = Field(
        default="", description="Redis or Valkey, `redis://…`, where several processes serve. Empty: there is one."
    )
    base_url: str = Field(
        default="",
        description="Address in every link and QR code, `https://morgen.example.nl`. Empty: host and port.",
    )
    host: str = Field(default="127.0.0.1", description="Address to listen on; `0.0.0.0` serves the room.")
    port: int = Field(default=8000, ge=0, le=65535, description="Port to listen on; 0 picks a free one.")
    secret: SecretStr = Field(
        default=SecretStr(""),
        description="Key for links, at least 32 signs. Empty: made once in the data folder.",
    )
    old_secrets: str = Field(default="", description="Former keys, comma separated: their links stay valid.")
    time_zone: str = Field(default="Europe/Amsterdam", description="Time zone of a new workshop.")
    trust_proxy: str = Field(default="127.0.0.1", description="Addresses of proxies whose X-Forwarded-* counts.")
    smtp_host: str = Field(default="", description="Mail server. Empty: mails lie as .eml files in the data folder.")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Port of the mail server.")
    smtp_user: str = Field(default="", description="User name at the mail server, if it asks for one.")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="Password at the mail server.")
    smtp_tls: str = Field(
        default="starttls", pattern="^(starttls|tls|none)$", description="How the mail line is encrypted."
    )
    mail_from: str = Field(default="morgen@localhost", description="Sender address of every mail.")
    mail_bounces: str = Field(default="", description="Address that mails come back to. Empty: the sender address.")
    operator: str = Field(default="", description="Who runs this server, as named on the privacy page.")
    operator_contact: str = Field(default="", description="Mail address or phone number of who runs this server.")
    security_contact: str = Field(
        default="",
        description="Where a weakness can be reported, `mailto:…` or `https://…`: makes `/.well-known/security.txt`.",
    )
    oidc_issuer: str = Field(
        default="",
        description="Sign-in server of one organisation (OpenID Connect), such as the address of one Entra tenant.",
    )
    oidc_client_id: str = Field(default="", description="How that server knows this one.")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="The secret that goes with it.")
    oidc_organisation: str = Field(default="", description="Name of the organisation whose trainers sign in there.")
    oidc_domain: str = Field(
        default="",
        description="Whoever has a mail address of this domain there gets an account. Empty: who was invited.",
    )
    backup_key: SecretStr = Field(
        default=SecretStr(""), description="Passphrase of backups and of workshops that move, at least 16 signs."
    )
    metrics_token: SecretStr = Field(
        default=SecretStr(""),
        description="Who shows it reads `/metrics` (Bearer), at least 16 signs. Empty: there is no such page.",
    )
    otlp: str = Field(
        default="",
        description="OpenTelemetry collector for traces, `http://127.0.0.1:4318`; needs the extra `otel`.",
    )
    demo: bool = Field(default=False, description="Make a demo trainer and a demo workshop at start (make run).")

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and len(value.get_secret_value()) < 32:
            raise ValueError("MORGEN_SECRET needs at least 32 signs; leave it empty to have one made")
        return value

    @field_validator("metrics_token")
    @classmethod
    def _not_guessed(cls, value: SecretStr) -> SecretStr:
        if value.get_secret_value() and len(value.get_secret_value()) < 16:
            raise ValueError("MORGEN_METRICS_TOKEN needs at least 16 signs; leave it empty to have no /metrics")
        return value

    @field_validator("security_contact")
    @classmethod
    def _address_of_a_contact(cls, value: str) -> str:
        if value and (not value.startswith(("mailto:", "https://", "tel:")) or len(value.split()) != 1):
            raise ValueError("MORGEN_SECURITY_CONTACT starts with mailto:, https:// or tel:")
        return value

    @field_validator("oidc_issuer")
    @classmethod
    def _encrypted(cls, value: str) -> str:
        if value and urlsplit(value).scheme != "https" and urlsplit(value).hostname not in ("127.0.0.1", "localhost"):
            raise ValueError("MORGEN_OIDC_ISSUER starts with https://")
        return value

    @model_validator(mode="after")
    def _whole(self) -> "Settings":
        """What must not be left at its default where a server is on the web, and what belongs together."""
        secret = self.secret.get_secret_value()
        if self.base_url.startswith("https://") and secret and (len(set(secret)) < 12 or "," in secret):
            raise ValueError("MORGEN_SECRET is easy to guess or has a comma; leave it empty to have one made")
        if self.demo and self.base_url.startswith("https://"):
            raise ValueError("MORGEN_DEMO prints a sign-in link for anybody: never with an https:// address")
        if self.oidc_issuer and not (
            self.oidc_client_id and self.oidc_client_secret.get_secret_value() and self.oidc_organisation
        ):
            raise ValueError("MORGEN_OIDC_ISSUER needs _CLIENT_ID, _CLIENT_SECRET and _ORGANISATION too")
        return self

    @field_validator("base_url", "otlp")
    @classmethod
    def _no_trailing_slash(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError("MORGEN_BASE_URL and MORGEN_OTLP start with http:// or https://")
        return value.rstrip("/")

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite+aiosqlite:///{(self.data / 'morgen.db').absolute()}"

    @property
    def address(self) -> str:
        """The address in links and QR codes: as set, else the one of this machine in its network, else loopback."""
        if self.base_url:
            return self.base_url
        host = lan_address() if self.host in ("0.0.0.0", "::") else self.host
        return f"http://{'localhost' if host == '127.0.0.1' else host}:{self.port}"

    @property
    def is_loopback(self) -> bool:
        """True while no phone can reach the address in the links."""
        host = urlsplit(self.address).hostname or ""
        return host in ("localhost", "::1") or host.startswith("127.")


def lan_address() -> str:
    """This machine's address in its network; loopback when it is in none. Nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # TEST-NET-1: a route is looked up, no packet leaves
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"


@lru_cache
def settings() -> Settings:
    return Settings()
