"""The API under ``/api/v1``: what the import pages do, for programs that show a token, and answers that need none."""

from webapp.api import answers as _answers  # noqa: F401 - adds its addresses to the blueprint
from webapp.api import worked_out as _worked_out  # noqa: F401 - as above
from webapp.api.routes import blueprint

__all__ = ["blueprint"]
