"""The application that the web server processes run: over the registry that their supervisor serves."""

from __future__ import annotations

from standards_graph.registry import Registry
from standards_graph.settings import Settings
from webapp.wsgi import make

application = make(Registry.attached(Settings.from_env()))
