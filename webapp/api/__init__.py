"""The API under ``/api/v1``: the same as the import pages do, for programs that show a token."""

from webapp.api.routes import blueprint

__all__ = ["blueprint"]
