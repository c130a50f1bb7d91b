"""The web application: pages, endpoint, and the same content as data."""
