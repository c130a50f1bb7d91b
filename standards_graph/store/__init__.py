"""Where quads are kept: one protocol, several keepers."""
