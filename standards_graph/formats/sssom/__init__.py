"""SSSOM 1.1, the standard for sharing mappings: its tables, its JSON and its RDF, both ways."""

from __future__ import annotations

from standards_graph.formats.sssom.reading import accepts, parse
from standards_graph.formats.sssom.sets import Extension, MappingSet, Record
from standards_graph.formats.sssom.tables import beside
from standards_graph.formats.sssom.writing import FORMATS, serialise

__all__ = ["FORMATS", "Extension", "MappingSet", "Record", "accepts", "beside", "parse", "serialise"]
