"""Ages by date of birth: from when somebody may, and until when, in arbeidsmatige activiteiten (art. 28).

Whoever was born on 29 February is a year older on the 28th where there is no 29th. No finding repeats a date of birth.
"""

from datetime import date

from dateutil.relativedelta import relativedelta

from models.findings import Finding
from models.law import Law
from rules.calendar import add_term
from rules.grounded import D2022, finding, grounded_in


@grounded_in(D2022.article(28))
def achttien_op(geboren: date, on: date, law: Law) -> Finding[date]:
    """From the birthday on which somebody is old enough, as the law stands on a day."""
    age = law.at("leeftijd.ama_min", on)
    reden = f"Arbeidsmatige activiteiten kunnen vanaf de verjaardag van {age.value}."
    return finding(achttien_op, add_term(geboren, age.term(), law), reden, parameters=(age,))


@grounded_in(D2022.article(28))
def vijfentwintig_op(geboren: date, on: date, law: Law) -> Finding[date]:
    """From the birthday on which a Groeipakket can be no statuut any more, as the law stands on a day."""
    age = law.at("leeftijd.groeipakket_max", on)
    reden = f"Een Groeipakket kan tot de verjaardag van {age.value}."
    return finding(vijfentwintig_op, add_term(geboren, age.term(), law), reden, parameters=(age,))


@grounded_in(D2022.article(28))
def pensioen_op(geboren: date, law: Law) -> Finding[date]:
    """The first day of the pension: of the month after the birthday at the age that goes with the date of birth."""
    age = law.at("leeftijd.pensioen", geboren)
    birthday = add_term(geboren, age.term(), law)
    first = birthday.replace(day=1) + relativedelta(months=1)
    reden = f"Het pensioen begint op de eerste dag van de maand na de verjaardag van {age.value}."
    return finding(pensioen_op, first, reden, parameters=(age,))
