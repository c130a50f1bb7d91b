"""Standards Graph: a registry of international standards for artificial intelligence in healthcare."""

__version__ = "0.1.0"
