"""What a dump is, for machines: a version of the registry as a data set (DCAT, VoID), its files with size and checksum."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from standards_graph.model.answers import TURTLE
from standards_graph.model.dumps import Dump, DumpFile
from standards_graph.publishing.writing import written
from standards_graph.vocab import BASE, DCAT, DCTERMS, RDF, SPDX, VOID, XSD

CATALOGUE = NamedNode(BASE + "data")
"""The name of the catalogue: it stands at this address."""
WHOLE = NamedNode(f"{CATALOGUE.value}#registry")
HERE = BASE.rstrip("/")
"""Where the files are to be had for who reads a description beside them: at the addresses that are kept."""

_IANA = "https://www.iana.org/assignments/media-types/"
_TYPES = {"nq.gz": "application/n-quads", "trig.gz": "application/trig"}


def named(revision: str) -> NamedNode:
    """The name of a revision as a data set."""
    return NamedNode(f"{CATALOGUE.value}#{revision}")


def described(dump: Dump, *, base: str = HERE) -> Iterator[Triple]:
    """The revision as a version of the registry, and its files as served at an address."""
    version, name = named(dump.revision.name), dump.revision.name
    yield Triple(version, RDF.type, DCAT.Dataset)
    yield Triple(version, RDF.type, VOID.Dataset)
    yield Triple(version, DCTERMS.title, Literal(f"Standards Graph, revision {name}", language="en"))
    yield Triple(version, DCTERMS.description, Literal("Every named graph; each keeps its own licence.", language="en"))
    yield Triple(version, DCTERMS.issued, Literal(dump.revision.published_at, datatype=XSD.dateTime))
    yield Triple(version, DCAT.version, Literal(name))
    yield Triple(version, DCAT.isVersionOf, WHOLE)
    yield Triple(version, VOID.triples, Literal(str(dump.revision.quads), datatype=XSD.integer))
    if dump.before:
        yield Triple(version, DCAT.previousVersion, named(dump.before.name))
    for file in dump.data:
        yield from _file(version, file, base)


def _file(version: NamedNode, file: DumpFile, base: str) -> Iterator[Triple]:
    it, address = NamedNode(f"{BASE}dumps/{file.name}"), NamedNode(f"{base}/dumps/{file.name}")
    mark = NamedNode(f"{it.value}#sha256")
    yield Triple(version, VOID.dataDump, address)
    yield Triple(version, DCAT.distribution, it)
    yield Triple(it, RDF.type, DCAT.Distribution)
    yield Triple(it, DCAT.downloadURL, address)
    yield Triple(it, DCAT.mediaType, NamedNode(_IANA + _TYPES[file.ending]))
    yield Triple(it, DCAT.compressFormat, NamedNode(_IANA + "application/gzip"))
    yield Triple(it, DCAT.byteSize, Literal(str(file.size), datatype=XSD.nonNegativeInteger))
    yield Triple(it, SPDX.checksum, mark)
    yield Triple(mark, RDF.type, SPDX.Checksum)
    yield Triple(mark, SPDX.algorithm, SPDX.checksumAlgorithm_sha256)
    yield Triple(mark, SPDX.checksumValue, Literal(file.digest, datatype=XSD.hexBinary))


def about(dump: Dump) -> bytes:
    """The description that stands beside the files."""
    return written(described(dump), TURTLE)
