"""Turns a context into HTML and PDF: the same input gives the same bytes, and nothing is fetched."""

import hashlib
import io
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateError, meta, nodes
from pydantic import BaseModel

from models.errors import Permanent

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"

MAANDEN = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)
DAY = re.compile(r"\b([0-3]\d)-(0[1-9]|1[0-2])-(\d{4})\b")
SOURCES = {
    "D2022": "decreet van 8 juli 2022,",
    "BVR2022": "besluit van 18 november 2022,",
    "Ger.W.": "Gerechtelijk Wetboek,",
    "afspraak": "werkafspraak",
}
"""How the short tags of findings are written out for readers who do not know them."""


class TemplateBroken(Permanent):
    """A template and its context do not fit; the message names the template and the field, never a value."""


class PangoMissing(RuntimeError):
    """This machine cannot make PDFs; once the library is there and the worker restarted, a retry succeeds."""


@dataclass(frozen=True)
class Rendered:
    """One rendered document: the source for the screen, the bytes for paper, and what it was made with."""

    html: str
    pdf: bytes
    pages: int
    template_version: str

    @property
    def sha256(self) -> str:
        """The digest of the PDF's bytes."""
        return hashlib.sha256(self.pdf).hexdigest()


class Templates:
    """The Dutch templates of one folder: strict about missing names, escaping what is filled in."""

    def __init__(self, folder: Path = TEMPLATES) -> None:
        self._one_at_a_time = Lock()
        """Pango keeps state between the fonts it loads; rendering holds the interpreter anyway."""
        self._environment = Environment(
            loader=FileSystemLoader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._environment.filters |= {
            "alineas": paragraphs,
            "artikel": written_out,
            "datum": dutch_date,
            "hoofdletter": capitalised,
            "in_woorden": with_dutch_dates,
            "vast": unbroken,
        }

    def names(self) -> tuple[str, ...]:
        """The templates that are documents of their own, such as `reports/trajectplan.nl.html.j2`."""
        return tuple(n for n in self._environment.list_templates() if n.endswith(".nl.html.j2"))

    def variables(self, name: str) -> frozenset[str]:
        """The names a template and everything it builds on ask from its context."""
        trees = [self._parse(part) for part in self._parts(name)]
        asked = frozenset[str]().union(*map(meta.find_undeclared_variables, trees))
        macros = {str(m) for tree in trees for found in tree.find_all(nodes.FromImport) for m in found.names}
        return asked - macros - {"self"}

    def version(self, name: str) -> str:
        """A digest of the template with its layout, style sheet and shared parts."""
        digest = hashlib.sha256()
        for part in sorted(self._parts(name)):
            digest.update(f"{part}\0{self._source(part)}\0".encode())
        return digest.hexdigest()[:16]

    def html(self, name: str, context: BaseModel) -> str:
        """The document as HTML; raises TemplateBroken when template and context do not fit."""
        values = {field: getattr(context, field) for field in type(context).model_fields}
        try:
            return self._environment.get_template(name).render(values)
        except TemplateError as error:
            raise TemplateBroken(f"{name}: {error.message or type(error).__name__}") from None
        except (TypeError, ValueError, AttributeError, LookupError) as error:
            raise TemplateBroken(f"{name}: {type(error).__name__}") from None

    def render(self, name: str, context: BaseModel, identifier: str) -> Rendered:
        """The document as HTML and PDF, with `identifier` as the file identifier of the PDF."""
        html = self.html(name, context)
        with self._one_at_a_time:
            pdf, pages = to_pdf(html, identifier)
        return Rendered(html=html, pdf=pdf, pages=pages, template_version=self.version(name))

    def _parts(self, name: str) -> set[str]:
        found, todo = set[str](), [name]
        while todo:
            part = todo.pop()
            found.add(part)
            todo += [p for p in meta.find_referenced_templates(self._parse(part)) if p and p not in found]
        return found

    def _source(self, name: str) -> str:
        assert self._environment.loader is not None
        return self._environment.loader.get_source(self._environment, name)[0]

    def _parse(self, name: str) -> nodes.Template:
        return self._environment.parse(self._source(name))


def dutch_date(day: date) -> str:
    """A date as people write it: 14 maart 2027."""
    return f"{day.day} {MAANDEN[day.month - 1]} {day.year}"


def with_dutch_dates(text: str) -> str:
    """A sentence with its dates such as 14-03-2027 written as people write them."""
    return DAY.sub(lambda found: f"{int(found[1])} {MAANDEN[int(found[2]) - 1]} {found[3]}", text)


def written_out(article: str) -> str:
    """The source of a finding written out: decreet van 8 juli 2022, art. 11."""
    tag, _, rest = article.partition(" ")
    return f"{SOURCES[tag]} {rest}" if tag in SOURCES else article


def capitalised(text: str) -> str:
    """The same text with a capital first; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def unbroken(text: str) -> str:
    """The same text that never breaks over two lines, for telephone numbers."""
    return text.replace(" ", "\N{NO-BREAK SPACE}")


def paragraphs(text: str) -> Iterator[str]:
    """The paragraphs of a text that people typed, parted by empty lines."""
    normal = text.replace("\r\n", "\n")
    return (part.strip() for part in normal.split("\n\n") if part.strip())


def to_pdf(html: str, identifier: str) -> tuple[bytes, int]:
    """The tagged PDF/UA bytes of a page of HTML and its number of pages."""
    weasyprint = _weasyprint()
    fetcher = weasyprint.urls.URLFetcher(allowed_protocols=())
    document = weasyprint.HTML(string=html, url_fetcher=fetcher).render()
    target = io.BytesIO()
    document.write_pdf(target, pdf_variant="pdf/ua-1", pdf_identifier=identifier.encode())
    return target.getvalue(), len(document.pages)


@cache
def _weasyprint() -> Any:
    try:
        import weasyprint  # type: ignore[import-untyped]
    except OSError:
        raise PangoMissing(
            "PDF's maken lukt niet op deze machine: de bibliotheek Pango ontbreekt. "
            "Installeer ze (Debian en Ubuntu: apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
            "libharfbuzz-subset0 fonts-dejavu-core; macOS: brew install pango) en start de worker opnieuw."
        ) from None
    # Without HarfBuzz' subsetter, fontTools embeds the fonts, dated by the clock unless told otherwise.
    os.environ.setdefault("SOURCE_DATE_EPOCH", "0")
    return weasyprint
