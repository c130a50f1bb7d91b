"""Every namespace and term that the code uses, declared once and closed: a typo is an error, not an empty answer.

A house test holds this package against ``ontology/`` in both directions.
"""

from __future__ import annotations

from standards_graph.vocab.base import (
    APART,
    BASE,
    PREFIXES,
    Vocabulary,
    concept,
    entity,
    graph,
    in_default_graph,
    is_source_record,
    mapping,
)
from standards_graph.vocab.languages import OWL, RDF, RDFS, SH, SKOS, XSD
from standards_graph.vocab.own import SGO
from standards_graph.vocab.shared import (
    BIBO,
    DCAT,
    DCTERMS,
    ELI,
    FOAF,
    LINKML,
    MOD,
    ORG,
    PAV,
    PROV,
    SCHEMA,
    SD,
    SEMAPV,
    SOSA,
    SPDX,
    SSSOM,
    VANN,
    VOID,
    VS,
)

__all__ = [
    "APART",
    "BASE",
    "BIBO",
    "DCAT",
    "DCTERMS",
    "ELI",
    "FOAF",
    "LINKML",
    "MOD",
    "ORG",
    "OWL",
    "PAV",
    "PREFIXES",
    "PROV",
    "RDF",
    "RDFS",
    "SCHEMA",
    "SD",
    "SEMAPV",
    "SGO",
    "SH",
    "SKOS",
    "SOSA",
    "SPDX",
    "SSSOM",
    "VANN",
    "VOID",
    "VS",
    "XSD",
    "Vocabulary",
    "concept",
    "entity",
    "graph",
    "in_default_graph",
    "is_source_record",
    "mapping",
]
