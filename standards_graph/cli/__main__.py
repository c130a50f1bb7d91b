"""``python -m standards_graph.cli`` is ``standards-graph``."""

from standards_graph.cli.app import main

main(prog_name="standards-graph")
