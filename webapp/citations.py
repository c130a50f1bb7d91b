"""How a page is cited: in words, and for programs that keep references (BibTeX, RIS, CSL-JSON).

Field names are those of biblatex (``@online``), RIS (``TY  - ELEC``) and CSL 1.0.2 (``webpage``).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass

AUTHOR = "The contributors of Standards Graph"
SITE = "Standards Graph"
_TEX = re.compile(r"[\\{}&%$#_~^]")
_TEX_WORDS = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True, slots=True)
class Citation:
    """One page of one revision: its title, its lasting address, the day of the revision, and the day of reading."""

    title: str
    address: str
    revision: str
    published: dt.date
    accessed: dt.date

    @property
    def text(self) -> str:
        """The citation in words."""
        day = self.accessed
        return (
            f"{AUTHOR} ({self.published.year}). {self.title}. {SITE}, revision {self.revision}, "
            f"{self.published.isoformat()}. {self.address} (read on {day.day} {day:%B %Y})."
        )

    @property
    def bibtex(self) -> str:
        """An entry of type ``@online``."""
        fields = {
            "author": "{" + _tex(AUTHOR) + "}",
            "title": "{" + _tex(self.title) + "}",
            "organization": SITE,
            "version": f"revision {self.revision}",
            "date": self.published.isoformat(),
            "url": self.address,
            "urldate": self.accessed.isoformat(),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items()]
        return "\n".join([f"@online{{standards-graph-{self.revision}-{_key(self.title)},", *lines, "}", ""])

    @property
    def ris(self) -> str:
        """A record of type ``ELEC``."""
        fields = (
            ("TY", "ELEC"), ("AU", AUTHOR), ("TI", self.title), ("T2", SITE), ("ET", f"revision {self.revision}"),
            ("PY", str(self.published.year)), ("DA", f"{self.published:%Y/%m/%d}"), ("Y2", f"{self.accessed:%Y/%m/%d}"),
            ("UR", self.address), ("ER", ""),
        )  # fmt: skip
        return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in fields)

    @property
    def csl(self) -> str:
        """A list of one item, as JSON."""
        item = {
            "id": f"standards-graph-{self.revision}-{_key(self.title)}",
            "type": "webpage",
            "author": [{"literal": AUTHOR}],
            "title": self.title,
            "container-title": SITE,
            "version": self.revision,
            "issued": {"date-parts": [[self.published.year, self.published.month, self.published.day]]},
            "accessed": {"date-parts": [[self.accessed.year, self.accessed.month, self.accessed.day]]},
            "URL": self.address,
        }
        return json.dumps([item], ensure_ascii=False, indent=2) + "\n"


def _key(title: str) -> str:
    """What tells citations of one revision apart: the first words of the title in small letters."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower())[:6]) or "page"


def _tex(text: str) -> str:
    return _TEX.sub(lambda found: _TEX_WORDS.get(found[0], "\\" + found[0]), text)
