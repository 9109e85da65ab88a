"""The page from which a tablet takes the certificate of ``./portal --lan``.

Over plain http, on a port of its own: before a device has the certificate, https only brings a
warning. It has nothing of any patron.
"""

from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import AF_INET6
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from portal_app.browser import words
from portal_app.cli.certificates import Authority
from portal_app.settings import PROJECT
from portal_app.text import Lang, fill, offered
from portal_app.web import plain_page

CERTIFICATE = "/portal-ca.crt"
SECONDS_TO_ASK = 10

DEVICES = ("ipad", "android", "windows", "mac")
STEPS = {"ipad": 4, "android": 3, "windows": 3, "mac": 2}

_POLICY = "default-src 'none'; style-src 'self'; form-action 'none'; frame-ancestors 'none'"


def hand_out(*, host: str, port: int, portal: str, authority: Authority) -> None:
    """Answer, from now on and as long as this program runs, whoever asks for the certificate."""
    handler = partial(_Handler, portal=portal, authority=authority)
    kind = _Over6 if ":" in host else ThreadingHTTPServer
    server = kind((host, port), handler)
    Thread(target=server.serve_forever, daemon=True).start()


class _Over6(ThreadingHTTPServer):
    address_family = AF_INET6


class _Handler(BaseHTTPRequestHandler):
    timeout = SECONDS_TO_ASK

    def __init__(self, *given: Any, portal: str, authority: Authority) -> None:  # noqa: ANN401
        self.portal = portal
        self.authority = authority
        super().__init__(*given)

    def do_GET(self) -> None:
        """Answer with the certificate, or with the page that says what to do with it."""
        asked = urlsplit(self.path)
        if asked.path == CERTIFICATE:
            # By this type an iPad knows that it is something to install.
            self._answer("application/x-x509-ca-cert", self.authority.pem)
        elif asked.path == plain_page.STYLESHEET:
            self._answer("text/css; charset=utf-8", (PROJECT / "assets/portal.css").read_bytes())
        elif asked.path == "/":
            lang = _lang(asked.query, self.headers.get("accept-language", ""))
            page = drawn(lang, portal=self.portal, authority=self.authority)
            self._answer("text/html; charset=utf-8", page.encode())
        else:
            self.send_error(HTTPStatus.NOT_FOUND)

    def version_string(self) -> str:
        """Say nothing about what answers."""
        return ""

    def log_message(self, format: str, *said: object) -> None:  # noqa: A002  its name there
        """Keep the codes on the screen: they would scroll away."""
        del format, said

    def _answer(self, kind: str, content: bytes) -> None:
        self.send_response(HTTPStatus.OK)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(content)))
        self.send_header("content-security-policy", _POLICY)
        self.send_header("cache-control", "no-store")
        self.send_header("x-content-type-options", "nosniff")
        self.end_headers()
        self.wfile.write(content)


def drawn(lang: Lang, *, portal: str, authority: Authority) -> str:
    """Return the page in one language."""
    texts = words.texts()

    def say(key: str, **values: str) -> str:
        return escape(fill(texts[key][lang], values, lang))

    def device(name: str) -> str:
        steps = "".join(
            f"<li>{n}. {say(f'lan.{name}.{n}')}</li>\n" for n in range(1, STEPS[name] + 1)
        )
        title = say(f"lan.{name}.title")
        return f"<details>\n<summary>{title}</summary>\n<ol>\n{steps}</ol>\n</details>\n"

    content = (
        f"<p>{say('lan.why')}</p>\n"
        f"<h2>{say('lan.step.take')}</h2>\n"
        f'<p><a class="button button-primary" href="{CERTIFICATE}" download>{say("lan.take")}</a>'
        f"</p>\n<p>{say('lan.compare')}</p>\n<p><code>{authority.fingerprint}</code></p>\n"
        f"<h2>{say('lan.step.install')}</h2>\n"
        f"{''.join(map(device, DEVICES))}"
        f"<h2>{say('lan.step.open')}</h2>\n"
        f'<p><a class="button" href="{escape(portal)}">{say("lan.open", address=portal)}</a></p>\n'
        f"<p>{say('lan.untrusted')}</p>\n<p>{say('lan.afterwards')}</p>"
    )
    return plain_page.drawn(lang, texts["lan.title"][lang], content, is_ours=False)


def _lang(query: str, accepted: str) -> Lang:
    chosen = parse_qs(query).get("lang", [""])[0]
    if chosen in offered():
        return Lang(chosen)
    spoken = accepted.lower().split("-")[0]
    return next((lang for lang in offered() if lang.lower().split("-")[0] == spoken), Lang.JA)
