"""What every command needs: the settings, and the registry for those that ask for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import click

from standards_graph.registry import Registry
from standards_graph.settings import Settings

if TYPE_CHECKING:
    from standards_graph.curator import Curator
    from standards_graph.drafting import Drafting
    from standards_graph.reconciler import Reconciler
    from standards_graph.reviewer import Reviewer


@dataclass
class Session:
    """One run of the command line."""

    opening: Callable[[Settings], AbstractContextManager[Registry]] = Registry.open
    debug: bool = False
    settings: Settings = field(default_factory=Settings.from_env)

    @contextmanager
    def registry(self) -> Iterator[Registry]:
        """The registry of the data folder, closed again at the end."""
        with self.opening(self.settings) as registry:
            yield registry

    @contextmanager
    def curator(self) -> Iterator[Curator]:
        """Who may change the registry of the data folder."""
        from standards_graph.curator import Curator  # noqa: PLC0415 - brings every reader of files: a command that asks need not wait

        with self.registry() as registry:
            yield Curator(registry)

    @contextmanager
    def drafting(self) -> Iterator[Drafting]:
        """Who may bring files in step by step."""
        from standards_graph.drafting import Drafting  # noqa: PLC0415 - as above

        with self.registry() as registry:
            yield Drafting(registry)

    @contextmanager
    def reconciler(self) -> Iterator[Reconciler]:
        """Who may decide which organisations are one and the same."""
        from standards_graph.reconciler import Reconciler  # noqa: PLC0415 - as above

        with self.registry() as registry:
            yield Reconciler(registry)

    @contextmanager
    def reviewer(self) -> Iterator[Reviewer]:
        """Who may review mapping records."""
        from standards_graph.reviewer import Reviewer  # noqa: PLC0415 - as above

        with self.registry() as registry:
            yield Reviewer(registry)


pass_session = click.make_pass_decorator(Session)
