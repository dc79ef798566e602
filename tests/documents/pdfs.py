"""What tests look at in a PDF."""

import io
from typing import Any

from pypdf import PdfReader


def opened(pdf: bytes) -> PdfReader:
    """The PDF as another program than ours reads it."""
    return PdfReader(io.BytesIO(pdf))


def words(pdf: bytes) -> str:
    """The text of all pages, with its line breaks as spaces."""
    return " ".join(" ".join(page.extract_text().split()) for page in opened(pdf).pages)


def catalog_of(pdf: bytes) -> Any:
    """The PDF's catalog: what it says of itself as a whole."""
    return opened(pdf).trailer["/Root"]
