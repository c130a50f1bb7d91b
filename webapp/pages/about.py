"""Pages about the registry itself: what it is, how accessible it is, under which licences it may be used."""

from __future__ import annotations

from flask import Blueprint, render_template

from standards_graph import __version__
from webapp import arguments
from webapp.assets import built
from webapp.current import the_base, the_registry

blueprint = Blueprint("about", __name__)


@blueprint.get("/about")
def about() -> str:
    """What the registry is, where its statements come from, and its versions."""
    arguments.known()
    return render_template("about/about.html", version=__version__, history=the_registry().history()[:10], base=the_base())


@blueprint.get("/accessibility")
def accessibility() -> str:
    """How accessible the pages are, how that is checked, and what is not."""
    arguments.known()
    return render_template("about/accessibility.html")


@blueprint.get("/licence")
def licence() -> str:
    """Under which licences the content and the software may be used."""
    arguments.known()
    return render_template("about/licence.html", third_parties=built().address("third-party-licences.txt"))
