"""Packed files: what they may unpack to."""

from __future__ import annotations

import io
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from standards_graph.errors import UnreadableFile
from standards_graph.importing import packing

PART = bytes(6_000_000)

Pack = Callable[[Path, int], Path]


def zipped(path: Path, count: int) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for number in range(count):
            archive.writestr(f"{number}.yaml", PART)
    return path


def tarred(path: Path, count: int) -> Path:
    with tarfile.open(path, "w:xz") as archive:
        for number in range(count):
            told = tarfile.TarInfo(f"{number}.yaml")
            told.size = len(PART)
            archive.addfile(told, io.BytesIO(PART))
    return path


@pytest.mark.parametrize(("pack", "name"), [(zipped, "all.zip"), (tarred, "all.tar.xz")])
def test_all_files_of_an_archive_together_unpack_to_no_more_than_one_may(pack: Pack, name: str, tmp_path: Path) -> None:
    path = pack(tmp_path / name, 3)
    with pytest.raises(UnreadableFile, match="unpacks to more than 10,000,000 bytes"):
        [stream.read() for _, stream in packing.members(path)]


@pytest.mark.parametrize(("pack", "name"), [(zipped, "all.zip"), (tarred, "all.tar.xz")])
def test_what_is_within_the_bounds_is_given_whole(pack: Pack, name: str, tmp_path: Path) -> None:
    path = pack(tmp_path / name, 1)
    assert [(called, stream.read()) for called, stream in packing.members(path)] == [("0.yaml", PART)]
