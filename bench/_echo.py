"""The reference of bench event: the smallest python-socketio server that answers."""

from pathlib import Path

import socketio
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import Route

from portal_app.settings import PROJECT

CLIENT = PROJECT / ".web/node_modules/socket.io-client/dist/socket.io.min.js"

PAGE = """<!doctype html><title>echo</title><button>0</button>
<script src="/client.js"></script>
<script>
  const socket = io("/_event", { path: "/_event", transports: ["websocket"] });
  const button = document.querySelector("button");
  let count = 0;
  button.addEventListener("click", () => socket.emit("event", { count: ++count }));
  socket.on("event", (echo) => { button.textContent = echo.count; });
  socket.on("connect", () => { document.body.dataset.ready = "true"; });
</script>"""

sockets = socketio.AsyncServer(async_mode="asgi", cors_allowed_origins="*")


async def echo(sid: str, sent: object) -> None:
    """Send back what came."""
    await sockets.emit("event", sent, to=sid, namespace="/_event")


sockets.on("event", echo, namespace="/_event")


async def _page(request: Request) -> Response:
    del request
    return HTMLResponse(PAGE)


async def _client(request: Request) -> Response:
    del request
    return FileResponse(Path(CLIENT))


app = socketio.ASGIApp(
    sockets,
    other_asgi_app=Starlette(routes=[Route("/", _page), Route("/client.js", _client)]),
    socketio_path="/_event",
)
