"""Built styles and scripts: where they are, and serving them, packed where the client takes that, for a year."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from standards_graph.errors import Misconfigured, NotFound
from webapp.negotiate import quality, ranges

DIST = Path(__file__).resolve().parent / "static" / "dist"
PLACE = "/static/dist/"
FOREVER = "public, max-age=31536000, immutable"
_PACKINGS = {"br": ".br", "gzip": ".gz"}
"""Content codings, the better first, and the ending of the file that holds it."""

_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".txt": "text/plain"}

blueprint = Blueprint("assets", __name__)


@dataclass(frozen=True, slots=True)
class Assets:
    """The files of one build, by the names that templates use."""

    folder: Path
    names: dict[str, str]

    @classmethod
    def read(cls, folder: Path = DIST) -> Assets:
        """Read the manifest; raises Misconfigured where nothing was built."""
        try:
            return cls(folder, json.loads((folder / "manifest.json").read_text("utf-8")))
        except (OSError, ValueError) as error:
            raise Misconfigured("The styles and scripts are not built. Run: pip install --editable .") from error

    def address(self, name: str) -> str:
        """The address of a file by its name without the content's mark; raises Misconfigured."""
        if name not in self.names:
            raise Misconfigured(f"The build made no {name}; it made: {', '.join(self.names)}.")
        return PLACE + self.names[name]

    def best(self, file: str, codings: Sequence[str]) -> tuple[str, bytes]:
        """A file in the first of these content codings that the build made; raises NotFound."""
        for coding in codings if file in self.names.values() else ():
            path = self.folder / (file + _PACKINGS.get(coding, ""))
            if path.is_file():
                return coding, path.read_bytes()
        raise NotFound(f"This build has no file {file}.")


@lru_cache
def built() -> Assets:
    """The build that this application serves."""
    return Assets.read()


@blueprint.get(PLACE + "<file>")
def asset(file: str) -> AnyResponse:
    """One built file; only those that the manifest names."""
    wanted = list(ranges(request.headers.get("Accept-Encoding", "")))
    codings = [coding for coding in _PACKINGS if quality(coding, wanted) > 0]
    coding, body = built().best(file, (*codings, ""))
    answer = Response(body, content_type=_type(file))
    if coding:
        answer.headers["Content-Encoding"] = coding
    answer.headers["Cache-Control"] = FOREVER
    answer.headers["Vary"] = "Accept-Encoding"
    answer.set_etag(f"{file}{_PACKINGS.get(coding, '')}")
    return answer.make_conditional(request)


@blueprint.get("/logo.svg")
@blueprint.get("/favicon.ico")
def favicon() -> AnyResponse:
    """The mark of the registry; the second address is where browsers look that saw no page of ours."""
    return redirect(built().address("favicon.svg"), 308)


def _type(file: str) -> str:
    return f"{_TYPES[Path(file).suffix]}; charset=utf-8"
