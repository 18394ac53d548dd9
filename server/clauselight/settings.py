"""All settings, from environment variables that start with CLAUSELIGHT_ and from the command line.

Every field is documented here; `clauselight serve --help` and the README's table repeat these texts.
"""

from __future__ import annotations

import ipaddress
import re
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from platformdirs import user_data_path
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

DEFAULT_PORT = 8787

PUBLIC_BUCKET = 64
"""Documents that a reader hides one among, by default, where anybody but the user could look."""


class Settings(BaseSettings):
    """How a server runs. Names in the environment: CLAUSELIGHT_DATA, CLAUSELIGHT_HOST, ..."""

    model_config = SettingsConfigDict(
        env_prefix="CLAUSELIGHT_",
        env_ignore_empty=True,
        extra="ignore",
        use_attribute_docstrings=True,
        validate_default=True,
    )

    data: Path = Field(default_factory=lambda: user_data_path("clauselight", appauthor=False))
    """Folder of the archive and the publication."""
    host: str = "127.0.0.1"
    """Address to listen on. Anything but loopback makes the server reachable from outside."""
    port: Annotated[int, Field(ge=0, le=65535)] = DEFAULT_PORT
    """Port to listen on; 0 takes a free one."""
    public_url: str | None = None
    """The https address under which readers reach this server, for permalinks and the host check."""
    allowed_hosts: Annotated[list[str], NoDecode] = []
    """Further names a request's Host header may carry, separated by commas."""
    bucket_size: Annotated[int, Field(ge=1, le=4096)] | None = None
    """Smallest number of documents in a bucket; by default 1 on loopback and 64 elsewhere."""
    signing_key: Path | None = None
    """File of the private key that index and buckets are signed with; `clauselight key create` makes one."""
    analyses: bool = True
    """Answer POST /v1/analyses. Whoever reaches the server may then use a tenth of a second of it a page."""
    keep_analyses: Literal["never", "asked", "always"] | None = None
    """Which analysed pages become documents of the archive: none, those whose sender asks for it, or all that
    come with an https address unless the sender declines. By default `always` on a server that only this
    computer reaches, and `never` on others, where anybody could fill the archive."""
    analysis_seconds: Annotated[float, Field(gt=0, le=300)] = 10.0
    """Longest time that the analysis of one page may take; ordinary ones take a tenth of a second."""
    analysis_bytes: Annotated[int, Field(ge=1024, le=64 * 1024 * 1024)] = 8 * 1024 * 1024
    """Largest body of an analysis request, in bytes."""
    monitor: bool = True
    """Capture watched documents when they are due. None is watched until somebody says so
    (`clauselight monitor add`)."""
    smtp_host: str | None = None
    """Mail server that the weekly digest is handed to; without one, none is sent."""
    smtp_port: Annotated[int, Field(ge=1, le=65535)] = 587
    """Its port."""
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    """How the connection to it is protected; `none` only on one's own computer or network."""
    smtp_user: str | None = None
    """Name to sign in with there, when it asks for one."""
    smtp_password: SecretStr | None = None
    """Password to sign in with."""
    mail_from: str | None = None
    """Sender's address of the digest."""
    digest_to: Annotated[list[str], NoDecode] = []
    """Who gets the weekly digest of changes: addresses, separated by commas."""
    digest_weekday: Annotated[int, Field(ge=0, le=6)] = 0
    """Day on which it is sent: 0 is Monday."""
    capture_contact: Annotated[str, Field(pattern=r"^[!-'*-:<-~]{1,200}$")] | None = None
    """Address or e-mail of who runs this server, sent to the sites that are captured; by default the public
    address."""
    capture_delay: Annotated[float, Field(ge=0, le=3600)] = 2.0
    """Seconds between two requests to one host, counted from the end of the first."""
    capture_concurrent: Annotated[int, Field(ge=1, le=100)] = 8
    """Hosts that are asked for pages at the same time."""
    capture_seconds: Annotated[float, Field(gt=0, le=600)] = 30.0
    """Longest time for fetching one page with its redirects, and again for rendering it."""
    capture_bytes: Annotated[int, Field(ge=1024, le=64 * 1024 * 1024)] = 8 * 1024 * 1024
    """Largest page that is fetched, in bytes, as it comes and unpacked."""
    capture_allow: Annotated[list[str], NoDecode] = []
    """Networks, addresses and names that may be captured though they are not in the public internet or not on
    a web port, separated by commas: 10.0.0.0/8, 127.0.0.1:8080, [fd00::]/8, wiki.lan."""
    capture_proxy: Annotated[str, Field(pattern=r"^(system|http://[A-Za-z0-9.:\[\]-]+/?)$")] | None = None
    """Proxy for captures: its http address, or `system` for what HTTPS_PROXY and the like name; by default
    none. Through a proxy it is for the proxy to refuse sites whose name leads inside: it looks them up."""
    chromium: Path | None = None
    """Chromium or Chrome that renders pages which only exist after their scripts ran; by default an installed
    one is looked for. Needs clauselight[browser]."""
    local_owner: bool = True
    """Take whoever reaches a server that only this computer reaches for its owner, who may do everything
    there without a token. Switch it off where several people share the computer."""
    access_log: bool = True
    """Print one line a request: method, route, status, time. Never an address, query or body."""

    @field_validator("data", "signing_key", "chromium")
    @classmethod
    def _expand_home(cls, value: Path | None) -> Path | None:
        return None if value is None else value.expanduser()

    @field_validator("allowed_hosts", "capture_allow", "digest_to", mode="before")
    @classmethod
    def _split_hosts(cls, value: object) -> object:
        return (
            [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value
        )

    @field_validator("capture_allow")
    @classmethod
    def _check_allow(cls, value: list[str]) -> list[str]:
        for entry in value:
            host = re.sub(r"(?<![:/]):[0-9]+$", "", entry) if entry.count(":") < 2 or "]" in entry else entry
            host = re.sub(r"^\[([0-9a-fA-F:]+)\]", r"\1", host)
            if re.fullmatch(r"(?![0-9.]+$)[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*", host):
                continue
            try:
                ipaddress.ip_network(host, strict=False)
            except ValueError:
                raise ValueError(
                    f"{entry} is no network, address or name, such as 10.0.0.0/8, 127.0.0.1:8080 or wiki.lan"
                ) from None
        return value

    @field_validator("public_url")
    @classmethod
    def _check_public_url(cls, value: str | None) -> str | None:
        if value is None:
            return None
        parts = urlsplit(value)
        if not re.fullmatch(r"https://[A-Za-z0-9.:\[\]-]+(/[A-Za-z0-9._~/-]*)?", value) or not parts.hostname:
            raise ValueError("must be an https address without user name, query or fragment")
        _ = parts.port  # raises ValueError for a port that is none
        return value.rstrip("/")

    @property
    def loopback(self) -> bool:
        """Whether only this computer can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def host_in_url(self) -> str:
        """The host as an address bar shows it: IPv6 in brackets."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def smallest_bucket(self) -> int:
        """How many documents a bucket holds at least: a reader's anonymity set."""
        if self.bucket_size is not None:
            return self.bucket_size
        return 1 if self.loopback else PUBLIC_BUCKET

    @property
    def keeping(self) -> Literal["never", "asked", "always"]:
        """Which analysed pages are kept, with the default filled in."""
        return self.keep_analyses or ("always" if self.personal else "never")

    @property
    def personal(self) -> bool:
        """Whether only the person at this computer reaches the server."""
        # A loopback server with a public name stands behind a proxy, which brings strangers to it.
        return self.loopback and self.public_url is None and not self.allowed_hosts

    @property
    def archive_file(self) -> Path:
        """The system of record."""
        return self.data / "archive.sqlite"

    @property
    def publication_file(self) -> Path:
        """What readers get, rendered from the archive; may be deleted at any time."""
        return self.data / "publication.sqlite"

    @property
    def registry_file(self) -> Path:
        """What is published, to search and filter; may be deleted at any time."""
        return self.data / "registry.sqlite"

    @property
    def export_file(self) -> Path:
        """What `clauselight publish` writes to folders; may be deleted at any time."""
        return self.data / "export.sqlite"
