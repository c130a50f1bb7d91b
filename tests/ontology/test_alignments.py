"""The alignment files: our terms on the left, terms that exist on the right, and nobody loads them."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest
import rdflib
from rdflib.namespace import RDF, SKOS

from standards_graph import resources, vocab
from standards_graph.importing import ontology

FILES = sorted((resources.ontology() / "align").glob("*.ttl"))
MATCHES = {SKOS.closeMatch, SKOS.broadMatch, SKOS.narrowMatch, SKOS.relatedMatch}
HELD = {
    "airo-vair": ("airo-vair/airo.ttl",),
    "dpv-aiact": ("w3c-dpv-2.3/dpv/dpv.ttl.gz", "w3c-dpv-2.3/legal/eu/aiact/eu-aiact.ttl"),
}


def matches(path: Path) -> list[tuple[str, str, str]]:
    found = rdflib.Graph().parse(path)
    return [(str(s), str(p), str(o)) for s, p, o in found if p in MATCHES]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_an_alignment_starts_from_declared_terms_and_ends_outside(path: Path, terms: rdflib.Graph):
    found = matches(path)
    assert found
    declared = {str(one) for one in terms.subjects(RDF.type, None)}
    assert [s for s, _, _ in found if s not in declared] == []
    assert [o for _, _, o in found if o.startswith(vocab.BASE)] == []


@pytest.mark.parametrize("name", HELD)
def test_what_an_alignment_points_at_exists(name: str, shared: Path):
    texts = []
    for part in HELD[name]:
        raw = (shared / "data" / part).read_bytes()
        texts.append((gzip.decompress(raw) if part.endswith(".gz") else raw).decode())
    known = {str(one) for text in texts for one in rdflib.Graph().parse(data=text, format="turtle").subjects()}
    found = matches(resources.ontology() / "align" / f"{name}.ttl")
    assert [o for _, _, o in found if o not in known] == []


def test_alignments_are_not_loaded():
    assert [quad for quad in ontology.quads() if quad.predicate.value in {str(one) for one in MATCHES}] == []
