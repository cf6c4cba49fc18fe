"""The path under which a proxy shows the service, whether or not the proxy takes it off."""

from __future__ import annotations

from api.middleware.guard import App, Message, Receive, Send


class Prefix:
    """Stands before the app, as ASGI; routes are found below the prefix as well as without it."""

    def __init__(self, app: App, prefix: str) -> None:
        self._app = app
        self._prefix = prefix

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Take the prefix off a request, and let the pages know of it."""
        if scope["type"] == "http":
            path = scope["path"]
            if path == self._prefix or path.startswith(f"{self._prefix}/"):
                path = path.removeprefix(self._prefix) or "/"
            scope = {**scope, "path": path, "root_path": self._prefix}
        await self._app(scope, receive, send)
