"""One GET over https, where a redirect to anything else is refused; http is for loopback addresses alone."""

from __future__ import annotations

import http.client
import ipaddress
import ssl
import urllib.error
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import IO, Final
from urllib.parse import urlsplit

from engine.problems import EngineError, Problem, declare

NOT_HTTPS = declare("recommender.not-https", "{url} isn't an https address, so its content can't be trusted.")
REDIRECTED = declare(
    "recommender.redirected",
    "{url} redirects to {target}, which isn't an https address, so nothing was downloaded. If you trust it, "
    "download the file yourself.",
)
NO_NETWORK = declare(
    "recommender.no-network", "{host} cannot be reached ({reason}); check the network connection and try again."
)
BAD_CERTIFICATE = declare(
    "recommender.bad-certificate",
    "The identity of {host} can't be verified ({reason}). Check the computer's clock and the network, or try later.",
)
NOT_FOUND = declare(
    "recommender.not-found", "{url} no longer exists ({status}). Look for the data set on its page, {host}."
)
REFUSED = declare("recommender.refused", "{host} refuses {url} ({status} {reason}). Try again later.")

TIMEOUT: Final = 30.0
"""Seconds without a byte, after which a server is taken to be gone."""

RANGE_NOT_SATISFIABLE: Final = 416
_GONE: Final = (404, 410)


@dataclass(frozen=True, slots=True)
class ServerAnswer:
    """What a server said: 200 (all of it), 206 (the part asked for) or 416 (there is no such part)."""

    status: int
    headers: Message
    body: IO[bytes]


class _OnlySafe(urllib.request.HTTPRedirectHandler):
    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        if not _allowed(newurl):
            raise EngineError(REDIRECTED(url=req.full_url, target=newurl))
        return super().redirect_request(req, fp, code, msg, headers, newurl)  # type: ignore[arg-type]  # its stub is older


def ask(url: str, headers: dict[str, str]) -> ServerAnswer:
    """GET ``url``; the caller closes the body. Raises EngineError for anything but an answer with a body or a 416."""
    if not _allowed(url):
        raise EngineError(NOT_HTTPS(url=url))
    host = urlsplit(url).hostname or ""
    handlers: list[urllib.request.BaseHandler] = [_OnlySafe()]
    if _is_loopback(host):  # never by way of a proxy
        handlers.append(urllib.request.ProxyHandler({}))
    request = urllib.request.Request(url, headers={"User-Agent": "neuroloom", "Accept-Encoding": "identity", **headers})
    try:
        response = urllib.request.build_opener(*handlers).open(request, timeout=TIMEOUT)
    except urllib.error.HTTPError as error:
        if error.code == RANGE_NOT_SATISFIABLE:
            return ServerAnswer(error.code, error.headers, error)
        error.close()
        kind = NOT_FOUND if error.code in _GONE else REFUSED
        raise EngineError(kind(url=url, host=host, status=error.code, reason=error.reason)) from error
    except urllib.error.URLError as error:
        raise EngineError(_unreachable(host, error.reason)) from error
    except (OSError, http.client.HTTPException) as error:
        raise EngineError(_unreachable(host, error)) from error
    return ServerAnswer(response.status, response.headers, response)


def _unreachable(host: str, reason: object) -> Problem:
    if isinstance(reason, ssl.SSLCertVerificationError):
        return BAD_CERTIFICATE(host=host, reason=reason.verify_message)
    return NO_NETWORK(host=host, reason=getattr(reason, "strerror", None) or str(reason) or type(reason).__name__)


def _allowed(url: str) -> bool:
    parts = urlsplit(url)
    return bool(parts.hostname) and (
        parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(parts.hostname or ""))
    )


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False  # a name, localhost too, may be pointed anywhere
