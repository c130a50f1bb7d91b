"""What is done with the ontology itself, apart from any content."""

from __future__ import annotations

from pathlib import Path

import click

from standards_graph import resources
from standards_graph.cli.examples import examples
from standards_graph.publishing import release


@click.group(epilog=examples("standards-graph ontology build --output release"))
def ontology() -> None:
    """Work with the ontology itself."""


@ontology.command(epilog=examples("standards-graph ontology build --output release"))
@click.option("-o", "--output", required=True, type=click.Path(file_okay=False, path_type=Path), help="A folder for the files.")
def build(output: Path) -> None:
    """Write the ontology as one file without imports, in Turtle, RDF/XML, JSON-LD and N-Triples, with SHA-256 digests."""
    for path in release.build(resources.ontology(), output):
        click.echo(path)


COMMANDS: tuple[click.Command, ...] = (ontology,)
