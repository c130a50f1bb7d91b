"""The registry for machines: descriptions of things, of graphs and of the service."""
