"""Jurisdictions side by side, and what conforming to editions gives in each."""
