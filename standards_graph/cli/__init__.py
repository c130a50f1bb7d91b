"""The command line: every noun in a file of its own."""

from standards_graph.cli.app import main

__all__ = ["main"]
