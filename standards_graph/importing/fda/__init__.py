"""Sources of the U.S. Food and Drug Administration beside its list of AI-enabled devices, each in a module of its own."""
