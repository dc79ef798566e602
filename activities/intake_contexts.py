"""What the documents of toeleiding and onthaal print: names in their place, reasons in plain words."""

from activities import onthaal_contexts, toeleiding_contexts
from activities.directory import Directory
from models import documents as d
from models.documents import DocumentOrder
from models.printed import Printed

DRAWN = (
    d.Onvolledig,
    d.Screeningsverslag,
    d.Beslissing,
    d.BeslissingAanvrager,
    d.OnthaalKennismaking,
    d.Onbereikbaar,
    d.Onthaaldossier,
    d.OverdrachtOnthaal,
)


def draw(order: DocumentOrder, directory: Directory) -> Printed | None:
    """The context of a document of toeleiding or onthaal; none for any other."""
    return _toeleiding(order, directory) or _onthaal(order, directory)


def _toeleiding(order: DocumentOrder, directory: Directory) -> Printed | None:
    match order.facts:
        case d.Onvolledig() as facts:
            return toeleiding_contexts.onvolledig(order, facts, directory)
        case d.Screeningsverslag() as facts:
            return toeleiding_contexts.screeningsverslag(order, facts, directory)
        case d.Beslissing() as facts:
            return toeleiding_contexts.beslissing(order, facts, directory)
        case d.BeslissingAanvrager() as facts:
            return toeleiding_contexts.beslissing_aanvrager(order, facts, directory)
    return None


def _onthaal(order: DocumentOrder, directory: Directory) -> Printed | None:
    match order.facts:
        case d.OnthaalKennismaking() as facts:
            return onthaal_contexts.kennismaking(order, facts, directory)
        case d.Onbereikbaar() as facts:
            return onthaal_contexts.onbereikbaar(order, facts, directory)
        case d.Onthaaldossier() as facts:
            return onthaal_contexts.onthaaldossier(order, facts, directory)
        case d.OverdrachtOnthaal() as facts:
            return onthaal_contexts.overdracht(order, facts, directory)
    return None
