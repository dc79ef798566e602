"""When an organisation hears that its recognition ends (art. 30): in time to ask a new one, each moment once."""

from datetime import date

from models.findings import Finding
from models.law import Law, Term
from rules.calendar import add_term
from rules.grounded import D2022, finding, grounded_in


@grounded_in(D2022.article(30))
def reminder_due(last_day: date, on: date, law: Law) -> Finding[Term | None]:
    """How long before its end a recognition is remembered now: the newest moment that came, none after the end."""
    moments = law.at("ama.erkenning_herinnering", on)
    come = [(day, term) for term in moments.terms() if (day := add_term(last_day, -term, law)) <= on]
    newest = max(come, key=lambda each: each[0], default=None)
    if newest is None or on > last_day:
        return finding(reminder_due, None, "Er valt nu niets te herinneren.", parameters=[moments])
    return finding(
        reminder_due,
        newest[1],
        f"De erkenning eindigt op {last_day:%d-%m-%Y}: {newest[1]} vooraf wordt daaraan herinnerd.",
        parameters=[moments],
        facts={"einde erkenning": last_day},
    )
