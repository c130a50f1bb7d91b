"""What curators bring of their own: RDF of any vocabulary, and tables with a description of their columns."""
