"""Reading what others publish: each importer knows one source and yields quads; the curated tables are read here too."""
