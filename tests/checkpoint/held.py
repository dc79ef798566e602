"""Documents that stay in flight until they are let go."""

from queue import SimpleQueue
from threading import Event

from temporalio import activity

from activities.documents import Documents
from models.documents import DocumentMade, DocumentOrder

LONG_ENOUGH = 4.0
"""Seconds after which a document that nobody lets go is drawn up all the same."""


class HeldDocuments(Documents):
    """Tells which document is begun, and draws it up when it is let go."""

    begun: SimpleQueue[str]
    let_go: Event

    @activity.defn(name="document_maken")
    def render(self, order: DocumentOrder) -> DocumentMade:
        """See Documents."""
        self.begun.put(order.key)
        self.let_go.wait(LONG_ENOUGH)
        self.let_go.clear()
        return super().render(order)
