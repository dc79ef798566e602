"""What the documents of arbeidsmatige activiteiten print."""

from activities.directory import Directory
from models import documents as d
from models.documents import DocumentOrder
from models.printed import Printed

DRAWN = (d.Toestemmingsaanvraag, d.Begeleidingsovereenkomst, d.OvereenkomstKopie, d.EvaluatieverslagAma)


def draw(order: DocumentOrder, directory: Directory) -> Printed | None:
    """The context of a document of arbeidsmatige activiteiten; none for any other."""
    return None
