"""The stories of the replay corpus: every turn a trajectory can take, as short as it can be told."""

from typing import Any

from player.story import Stap, Story, read_story
from settings import ROOT

BEGIN = "2027-01-04"
FAILING = "herstel"
"""The story in which a document cannot be kept until operations looked at it."""

AANVRAAG = {
    "soort": "activeringstraject",
    "nis_code": "44021",
    "persoon": {
        "voornaam": "Noor",
        "achternaam": "Claes",
        "geboortedatum": "1988-03-02",
        "adres": "Kerkstraat 1",
        "postcode": "9000",
    },
}


def step(na: str, wat: str, wie: str = "casemanager_werk", **met: Any) -> Stap:
    """One step, by the casemanager werk unless somebody else is named."""
    return Stap(na=na, wie=wie, wat=wat, met=met)


def plan(na: str = "P1M15D", einde: str = "P7M", **met: Any) -> Stap:
    """The trajectplan is agreed, with a review every three months."""
    actie = {
        "domein": "werk",
        "omschrijving": "Een halve dag per week.",
        "dienstverlener": "ORG-KOMPAAN-WERK",
    }
    contents = {
        "opdracht": "trajectplan",
        "doel": "Een dagritme vinden.",
        "start": "P0D",
        "einde": einde,
        "periodiciteit_maanden": 3,
        "afspraken": "Ieder verwittigt op tijd.",
        "acties": [actie],
    }
    return step(na, "plan_akkoord", **{**contents, **met})


def review(na: str, number: int) -> Stap:
    """A review is held and recorded on the same day."""
    return step(
        na, "review_vastleggen", opdracht=f"review/{number}", eigen_woorden="Het gaat.", vervolg="Verdergaan."
    )


def eindverslag(na: str, opdracht: str = "eindverslag") -> Stap:
    """The end documents are filed."""
    return step(
        na,
        "eindverslag_indienen",
        opdracht=opdracht,
        vorm="zonder_gesprek",
        acties="Een werkplek.",
        resultaten="Een ritme.",
        informatie_team="Geen.",
        informatie_dienstverleners="Geen.",
        gesprek="Niet mogelijk.",
    )


def stopped(na: str) -> Stap:
    """The trajectory is stopped on that day."""
    return step(na, "stopzetten", einde=na, oorzaak="verhuisd")


def checkpoint(na: str) -> Stap:
    """An operator asks for a fresh run."""
    return Stap(na=na, wie="operaties", wat="checkpoint")


def story(naam: str, *stappen: Stap, tot: str | None = None) -> Story:
    """A story that begins on the fixed day."""
    return Story.model_validate(
        {"naam": naam, "begin": BEGIN, "aanvraag": AANVRAAG, "stappen": stappen, "tot": tot}
    )


def twelve_months() -> Story:
    """The story of the demo, on the fixed day."""
    shipped = read_story(ROOT / "data" / "verhalen" / "twaalf_maanden.yaml")
    return Story.model_validate(shipped.model_dump() | {"begin": BEGIN})


def died(na: str) -> Stap:
    """A death becomes known on the day it happened."""
    return step(na, "overleden", overleden_op=na)


STORIES: tuple[Story, ...] = (
    twelve_months(),
    story(
        "overlijden",
        plan(),
        step("P2M", "opschorten", "casemanager_zorg", van="P2M", oorzaak="opname"),
        died("P2M20D"),
        step("P3M", "afronden_zonder_betrokkene", opdracht="afronding", notitie="Het team nam afscheid."),
    ),
    story(
        "ongedaan",
        plan(),
        died("P2M20D"),
        step("P2M25D", "overleden_ongedaan", reden="verkeerde persoon"),
        review("P3M5D", 1),
    ),
    story("stopgezet", plan("P2M28D"), stopped("P3M"), eindverslag("P3M5D")),
    story(
        "heropend",
        plan(),
        stopped("P2M5D"),
        eindverslag("P2M10D"),
        step("P3M", "heropenen", einde="P9M"),
        stopped("P5M"),
        eindverslag("P5M10D", "eindverslag/2"),
    ),
    story(
        "rechtgezet",
        step("P1M5D", "opschorten", "casemanager_zorg", van="P1M", oorzaak="ziekte"),
        step("P1M15D", "hervatten", "casemanager_zorg", per="P1M14D"),
        plan("P1M20D"),
        step(
            "P2M15D",
            "rechtzetten",
            veld="opschorting/1.van",
            oud="2027-02-04",
            nieuw="2027-01-28",
            waarom="brief van het ziekenhuis",
        ),
        review("P3M20D", 1),
        step(
            "P3M25D",
            "rechtzetten",
            veld="plan.periodiciteit_maanden",
            oud="3",
            nieuw="2",
            waarom="verkeerd overgenomen",
        ),
    ),
    story(
        "checkpoint",
        checkpoint("P1D"),
        plan(),
        checkpoint("P1M15D"),
        step("P2M", "opschorten", "casemanager_zorg", van="P2M", oorzaak="ziekte"),
        step("P2M20D", "hervatten", "casemanager_zorg", per="P2M20D"),
        stopped("P4M"),
        checkpoint("P4M"),
        eindverslag("P4M10D"),
        tot="P1Y",
    ),
    story(
        FAILING,
        step(
            "P5D",
            "herstel_beslissen",
            "operaties",
            opdracht="herstel/kennismaking_tandem#1",
            keuze="opnieuw",
            toelichting="De schijf is niet meer vol.",
        ),
        step("P6D", "herzie_parameters", "operaties"),
        tot="P10D",
    ),
)
