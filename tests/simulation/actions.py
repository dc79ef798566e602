"""The actions of a plan as those who sent them know them: their numbers, who provides them, and which lapsed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from models.steps import Event

OFFERS = (
    ("werk", "Een halve dag in een keuken.", "ORG-MAATWERK-DE-KAAI", "netwerk"),
    ("competentie", "Nederlands op de werkvloer.", "ORG-CVO-DE-VEERMAN", "regulier"),
    ("welzijn", "Een kookgroep.", "ORG-OCMW-GENT", "netwerk"),
    ("zorg", "Gesprekken.", "ORG-CAW-LEIE", None),
    ("empowerment", "Zwemmen.", "Zwembad Rozebroeken", "ad_hoc"),
)
PROVIDERS = tuple(offer[2] for offer in OFFERS)
PACKAGES = ("integraal", "partieel", "partieel")


@dataclass(frozen=True)
class Action:
    """An action with its number in the plan."""

    number: int
    words: str
    provider: str
    package: str | None = None
    began: bool = False
    lapsed: bool = False


def some_actions(random: Random) -> list[dict[str, Any]]:
    """Some actions for a plan: a package of a CAW now and then, and offers that are still to be confirmed."""
    drawn = [_actie(*offer) for offer in random.sample(OFFERS, random.randint(1, 3))]
    if random.random() < 0.5:
        package = _actie("welzijn", "Een welzijnspakket.", "ORG-CAW-LEIE", None)
        drawn.append(package | {"pakket": random.choice(PACKAGES)})
    return drawn


def _actie(domein: str, omschrijving: str, dienstverlener: str, aanbod: str | None) -> dict[str, Any]:
    actie = {"domein": domein, "omschrijving": omschrijving, "dienstverlener": dienstverlener}
    offered = {"aanbod": aanbod} if aanbod else {}
    reason = {"aanbod_reden": "Niets anders is dichtbij."} if aanbod == "ad_hoc" else {}
    return actie | offered | reason


def after(known: Sequence[Action], event: Event) -> list[Action]:
    """The actions after an event."""
    told = event.gegevens
    match event.soort:
        case "voorfase_actie":
            return [*known, _new(told["actie"], known)]
        case "plan_akkoord":
            return _merged(known, told["acties"])
        case "plan_wijzigen" if told["acties"]:
            merged = _merged(known, told["acties"])
            named = {actie["omschrijving"] for actie in told["acties"]}
            return [each if each.words in named else replace(each, lapsed=True) for each in merged]
        case "pakket_starten":
            return [replace(a, began=True) if a.number == told["actie"] else a for a in known]
        case "actie_herzien" if told["keuze"] == "vervalt":
            number = int(str(event.opdracht).split("/")[1])
            return [replace(a, lapsed=True) if a.number == number else a for a in known]
        case "actie_herzien" if told["dienstverlener"]:
            number = int(str(event.opdracht).split("/")[1])
            return [replace(a, provider=told["dienstverlener"]) if a.number == number else a for a in known]
        case _:
            return list(known)


def _merged(known: Sequence[Action], acties: Sequence[dict[str, Any]]) -> list[Action]:
    """Those that were known keep their number; the simulation never names two actions in the same words."""
    found = list(known)
    for actie in acties:
        same = [n for n, each in enumerate(found) if each.words == actie["omschrijving"] and not each.lapsed]
        if same:
            each = found[same[0]]
            package = each.package if each.began else actie["pakket"]
            found[same[0]] = replace(each, provider=actie["dienstverlener"], package=package)
        else:
            found.append(_new(actie, found))
    return found


def _new(actie: dict[str, Any], known: Sequence[Action]) -> Action:
    return Action(1 + len(known), actie["omschrijving"], actie["dienstverlener"], actie["pakket"])
