"""The round of the quarter overviews: everything that is due on a day, holder by holder, each drawn up once."""

from temporalio import activity

from activities.kwartaaloverzichten import Kwartaaloverzichten
from models.staten import KwartaalOrder
from models.sweeps import Melding, Part, Probleem, Swept


class Kwartaalronde:
    """Draws up overviews in the shape that every sweep over the record has."""

    def __init__(self, overzichten: Kwartaaloverzichten) -> None:
        self._overzichten = overzichten

    @activity.defn(name="kwartaalronde")
    def look(self, part: Part) -> Swept:
        """Draws up what is due for a bounded number of holders; what is there already stays as it is."""
        if part.alleen_tonen:
            return Swept()
        order = KwartaalOrder(as_of=part.as_of, after=part.after, at_most=part.at_most)
        done = self._overzichten.draw_up(order)
        counted = {"opgemaakt": done.opgemaakt, "stond er al": done.stond_er_al}
        return Swept(
            bekeken=done.opgemaakt + done.stond_er_al + len(done.niet_gelukt),
            gedaan={word: count for word, count in counted.items() if count},
            meldingen=tuple(map(_refused, done.niet_gelukt)),
            next_after=done.next_after,
        )


def _refused(told: str) -> Melding:
    """A holder that could not be stated, and why."""
    holder, _, why = told.partition(": ")
    return Melding(onderwerp=holder, probleem=Probleem.OVERZICHT, uitleg=why)
