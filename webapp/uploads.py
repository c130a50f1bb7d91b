"""Files on their way in: how large a request may be, and where its files lie until they are taken in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import flask

from standards_graph.desk import Incoming
from standards_graph.errors import BadArgument
from standards_graph.model.drafts import Draft
from webapp.current import the_desk, the_registry
from webapp.errors import WrongContent

FIELDS = ("source", "leave_out", "with_texts")
_MULTIPART = "multipart/form-data"
_MOST_PARTS = 40
_BESIDE = 1_000_000
"""Bytes of a request beside its files."""


class Request(flask.Request):
    """A request whose files, where it may bring some, lie in the data folder, not in the memory or the temporary folder."""

    upload_folder: Path | None = None
    _opened: tuple[IO[bytes], ...] = ()

    def _get_file_stream(
        self,
        total_content_length: int | None,
        content_type: str | None,
        filename: str | None = None,
        content_length: int | None = None,
    ) -> IO[bytes]:
        if self.upload_folder is None:
            return super()._get_file_stream(total_content_length, content_type, filename, content_length)
        file = tempfile.TemporaryFile(dir=self.upload_folder)  # noqa: SIM115 - closed in close()
        self._opened = (*self._opened, file)
        return file

    def close(self) -> None:
        """Let go of the files, also of those of a request that was refused while it was read."""
        super().close()
        for file in self._opened:
            file.close()


def expect_files() -> None:
    """Let this request bring files; raises WrongContent for one that is not a form with files."""
    request = flask.request
    if request.mimetype != _MULTIPART:
        raise WrongContent(f"Files are sent as {_MULTIPART}, not {request.mimetype or 'nothing'}.")
    settings = the_registry().settings
    request.max_content_length = settings.upload_mb * 1_000_000 + _BESIDE
    request.max_form_parts = _MOST_PARTS
    if isinstance(request, Request) and settings.home.is_dir():
        request.upload_folder = settings.home


def received(agent: str, *, beside: tuple[str, ...] = ()) -> Draft:
    """The draft that the files of this request became; ``beside`` names fields that say something else."""
    request = flask.request
    unknown = sorted({*request.form, *request.files} - {"file", *FIELDS, *beside})
    if unknown:
        known = ("file", *FIELDS)
        raise BadArgument(f"There is no field {unknown[0][:100]!r}; there are: {', '.join(known)}.", name="field", known=known)
    return the_desk().receive(
        _files(),
        source=request.form.get("source", "").strip(),
        agent=agent,
        leave_out=_flag("leave_out"),
        texts=_flag("with_texts"),
        announced=request.content_length or 0,
    )


def _files() -> Iterator[Incoming]:
    for one in flask.request.files.getlist("file"):
        if one.filename:
            yield one.filename, one.stream


def _flag(name: str) -> bool:
    told = flask.request.form.get(name, "")
    if told not in ("", "0", "1", "true", "false"):
        raise BadArgument(f"The field {name} is 1, 0 or left out.", name=name)
    return told in ("1", "true")
