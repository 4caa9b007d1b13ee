"""The built browser side below `/app/`, and the assets of the public pages."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Final
from urllib.parse import quote

from flask import Flask, Response, request
from werkzeug.security import safe_join

from runtime.http.errors import NotFound
from runtime.http.guard import PUBLIC
from runtime.http.language import language_of
from runtime.http.serve import Api
from runtime.public.pages import ASSETS, Pages, go_to
from runtime.settings import Settings

_FOR_EVER: Final = "public, max-age=31536000, immutable"
_BUILD: Final = "make build"


class Shell:
    """Every address below `/app/` that is no file is the workspace's page, for people who are signed in."""

    def __init__(self, api: Api, settings: Settings, pages: Pages) -> None:
        self._api = api
        self._settings = settings
        self._pages = pages
        self._static = settings.static_dir

    def mount(self, flask_app: Flask) -> None:
        flask_app.add_url_rule("/app/", "shell", self.show, defaults={"path": ""}, strict_slashes=False)
        flask_app.add_url_rule("/app/<path:path>", "shell-path", self.show)
        flask_app.add_url_rule("/public/<digest>/<name>", "public-asset", self.public_asset)
        flask_app.add_url_rule("/favicon.ico", "favicon", lambda: self.public_asset("", "logo.svg"))

    def show(self, path: str) -> Response:
        file = safe_join(str(self._static), path)
        if path and file is not None and Path(file).is_file():
            hashed = path.startswith("assets/")
            return _file(Path(file), _FOR_EVER if hashed else "no-cache")
        if path.startswith("assets/"):
            raise NotFound.because("http.not-found")
        index = self._static / "index.html"
        if not index.is_file():
            return self._not_built()
        call = self._api.call_for(request, PUBLIC)
        if call.caller is None:
            return go_to(f"/login?next={quote(request.full_path.rstrip('?'))}")
        return _file(index, "no-cache")

    def public_asset(self, digest: str, name: str) -> Response:
        file = safe_join(str(ASSETS), name)
        if file is None or not Path(file).is_file():
            raise NotFound.because("http.not-found")
        return _file(Path(file), _FOR_EVER if digest else "public, max-age=86400")

    def _not_built(self) -> Response:
        language = language_of(request, self._settings.language)
        return self._pages.not_built(language, _BUILD)


def _file(file: Path, cache: str) -> Response:
    """A file, compressed in advance where the build left a `.gz` beside it and the browser takes it."""
    kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    packed = file.with_name(file.name + ".gz")
    headers = {"Cache-Control": cache, "Vary": "Accept-Encoding"}
    if packed.is_file() and request.accept_encodings.best_match(["gzip"]):
        return _conditional(packed, kind, {**headers, "Content-Encoding": "gzip"})
    return _conditional(file, kind, headers)


def _conditional(file: Path, kind: str, headers: dict[str, str]) -> Response:
    response = Response(file.read_bytes(), headers=headers, mimetype=kind)
    response.add_etag()
    response.make_conditional(request)
    return response
