"""Under which decree a request runs: kept for what was imported, and never another set of rules."""

from datetime import date
from typing import get_args

from models.findings import Finding
from models.law import Law, Regime
from rules.grounded import D2022, finding, grounded_in

NAME: dict[Regime, str] = {
    "d2014": "decreet van 25 april 2014",
    "d2022": "decreet van 8 juli 2022",
}


@grounded_in(D2022.article(40))
def regime_of(requested_on: date, law: Law) -> Finding[Regime]:
    """A request from before the decree of 2022 was in force runs to its end under that of 2014."""
    known = law.at("aanvraag.regime", requested_on)
    regime: Regime = next(each for each in get_args(Regime) if each == known.value)
    return finding(
        regime_of,
        regime,
        f"Een aanvraag van {requested_on:%d-%m-%Y} loopt onder het {NAME[regime]}.",
        parameters=(known,),
        facts={"aangevraagd op": requested_on},
    )
