"""Incidents, recalls and alerts as authorities and collectors publish them."""
