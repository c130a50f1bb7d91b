"""A progress bar on standard error, where that is a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

Step = Callable[[str, int, int], None]
"""Called with the name of a step, how much of it is done, and how much there is."""


Rows = Callable[[str, int], None]
"""Called with the name of a step and how many rows or statements of it are done; how many there are is not known before."""


@contextmanager
def rows() -> Iterator[Rows]:
    """A bar that names the step and counts; nothing at all where standard error is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda step, done: None
        return
    columns = (TextColumn("{task.description:<12}"), BarColumn(), TextColumn("{task.completed:>10,.0f}"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=None)
        yield lambda step, done: progress.update(task, description=step, completed=done)


@contextmanager
def bar() -> Iterator[Step]:
    """A bar that names the step; nothing at all where standard error is not a terminal."""
    if not sys.stderr.isatty():
        yield lambda step, done, total: None
        return
    columns = (TextColumn("{task.description:<32}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("starting", total=None)
        yield lambda step, done, total: progress.update(task, description=step, completed=done, total=total)
