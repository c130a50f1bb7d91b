"""Sources on standards: catalogues of standards bodies, lists of harmonised and national standards, their classification."""
