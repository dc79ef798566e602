"""The stories of the replay corpus: every turn a trajectory can take, as short as it can be told."""

from typing import Any

from models.actors import Actor, Rol
from player.story import Stap, Story, Who, read_story
from settings import ROOT
from tests.replay.ama_stories import AMA
from tests.replay.intake_stories import INTAKE

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


ALL_SIX = ["einddoel", "duur", "werk", "zorg", "samenwerking", "gegevens"]


def step(na: str, wat: str, wie: Who | str = "casemanager_werk", /, **met: Any) -> Stap:
    """One step, by the casemanager werk unless somebody else is named."""
    return Stap.model_validate({"na": na, "wie": wie, "wat": wat, "met": met})


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


def review(na: str, number: int, **met: Any) -> Stap:
    """A review is held and recorded on the same day."""
    told = {"eigen_woorden": "Het gaat.", "vervolg": "Verdergaan.", **met}
    return step(na, "review_vastleggen", opdracht=f"review/{number}", **told)


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


def provider(organisation: str) -> Actor:
    """Whoever answers for an organisation that provides an action."""
    return Actor(rol=Rol.DIENSTVERLENER, organisatie=organisation)


KEUKEN = {
    "domein": "werk",
    "omschrijving": "Meewerken in een keuken.",
    "dienstverlener": "ORG-OCMW-GENT",
    "aanbod": "netwerk",
}
RUST = {
    "domein": "welzijn",
    "omschrijving": "Tot rust komen.",
    "dienstverlener": "ORG-CAW-LEIE",
    "pakket": "partieel",
}
TAAL = {
    "domein": "competentie",
    "omschrijving": "Nederlands op de werkvloer.",
    "dienstverlener": "ORG-CVO-DE-VEERMAN",
    "aanbod": "regulier",
}
OFFERED = (
    step(
        "P4D",
        "eerste_gesprek",
        opdracht="eerste_gesprek",
        waar="thuis",
        hoe="huisbezoek",
        geinformeerd=["duur"],
    ),
    step("P5D", "voorfase_actie", actie=KEUKEN),
    step("P7D", "aanbod_antwoorden", provider("ORG-OCMW-GENT"), opdracht="aanbod/1", antwoord="geen_aanbod"),
    step(
        "P8D",
        "actie_herzien",
        opdracht="actie/1",
        keuze="andere_dienstverlener",
        dienstverlener="ORG-MAATWERK-DE-KAAI",
        toelichting="Ook een keuken.",
    ),
    step(
        "P10D",
        "aanbod_antwoorden",
        provider("ORG-MAATWERK-DE-KAAI"),
        opdracht="aanbod/1/2",
        antwoord="wachtlijst",
        vanaf="P1M10D",
    ),
    step("P11D", "informeren", opdracht="informeren", geinformeerd=["einddoel", "werk", "zorg"]),
    step("P12D", "participatieladder", "casemanager_zorg", niveau=3, groeipotentieel=4),
)
"""A first talk, and a first action for which two providers are asked."""
CHANGED = (
    plan("P1M", acties=[{**KEUKEN, "dienstverlener": "ORG-MAATWERK-DE-KAAI"}, RUST]),
    step(
        "P1M2D",
        "pakket_starten",
        "casemanager_zorg",
        actie=2,
        eerste_gesprek_op="P1M",
        reden="Proef in Gent.",
    ),
    step(
        "P1M11D",
        "aanbod_antwoorden",
        provider("ORG-MAATWERK-DE-KAAI"),
        opdracht="aanbod/1/3",
        antwoord="bevestigd",
        vanaf="P1M15D",
    ),
    step("P1M15D", "wijziging_voorstellen", provider("ORG-CAW-LEIE"), actie=2, voorstel="Om de twee weken."),
    step(
        "P1M16D",
        "voorstel_beslissen",
        "casemanager_zorg",
        opdracht="voorstel/2",
        besluit="aanvaard",
        motivering="Past beter.",
    ),
    step(
        "P1M20D",
        "plan_wijzigen",
        aard="wezenlijk",
        wat="Nederlands komt erbij, de keuken vervalt.",
        acties=[RUST, TAAL],
        periodiciteit_maanden=2,
    ),
    step(
        "P2M",
        "herverdelen",
        "teamcoordinator",
        rol="casemanager_werk",
        organisatie="ORG-VDAB-GENT",
        medewerker="MW-0102",
    ),
    step("P2M1D", "overdracht_bevestigen", opdracht="overdracht/casemanager_werk"),
    step("P2M5D", "andere_vergoeding", bedrag="120.50", waarvoor="Taalles.", van_wie="De stad."),
)
"""A plan with a package, a proposal, a new version, and a hand-over."""
PAID = (
    step(
        "P4M10D",
        "pakket_evalueren",
        "casemanager_zorg",
        opdracht="pakket/2",
        doel="Rust.",
        gedaan="Gesprekken.",
        resultaat="Een ritme.",
        eigen_woorden="Het lukt.",
        vervolg="Verder oefenen.",
    ),
    step("P4M12D", "stopgesprek", stap="motiverend", verslag="Wat nog kan."),
    step("P4M14D", "stopgesprek", stap="confronterend", verslag="Met het mini-team."),
    step("P4M15D", "stopzetten", einde="P4M15D", oorzaak="andere"),
    step(
        "P4M20D",
        "verdeelstaat_indienen",
        "netwerkcoordinator",
        opdracht="verdeelstaat",
        verdelingen=[{"dienstverlener": "ORG-MAATWERK-DE-KAAI", "bedrag": "400.00", "waarvoor": "Keuken."}],
    ),
    step(
        "P4M25D",
        "eindverslag_indienen",
        opdracht="eindverslag",
        vorm="vroegtijdig_met_gesprek",
        acties="Een keuken.",
        resultaten="Een ritme.",
        informatie_team="Geen.",
        informatie_dienstverleners="Geen.",
        gesprek="Besproken.",
        eindadvies="Een opleiding.",
    ),
    step("P4M26D", "uitkomst_vastleggen", uitkomst="artikel_60", nazorg=True, sinds="P5M"),
    step(
        "P4M27D",
        "hoorzitting",
        "vdab",
        lijn="netwerk",
        organisatie="ORG-OCMW-GENT",
        verweer="Er was geen plaats.",
    ),
    step(
        "P4M28D",
        "terugvordering_beslissen",
        "vdab",
        lijn="netwerk",
        organisatie="ORG-OCMW-GENT",
        bedrag="50.00",
        motivering="Voor een deel.",
    ),
    step("P6M5D", "nazorg_vastleggen", opdracht="nazorg/1", nota="Het gaat goed."),
)
"""A stop in three human steps, the money divided and in part recovered, and nazorg."""
LENGTHENED = (
    step(
        "P4D",
        "eerste_gesprek",
        opdracht="eerste_gesprek",
        waar="kantoor",
        hoe="gesprek",
        geinformeerd=["einddoel", "duur", "werk", "zorg", "samenwerking", "gegevens"],
    ),
    plan(einde="P1Y5M29D", periodiciteit_maanden=6),
    review("P6M", 1),
    step("P7M", "meting_vastleggen", opdracht="meting/6", niveau=3),
    step("P8M", "opschorten", "casemanager_zorg", van="P8M", oorzaak="opname"),
    step(
        "P11M5D",
        "opschorting_bespreken",
        "casemanager_zorg",
        opdracht="opschortingsgesprek/1",
        keuze="hervatten_voorbereiden",
        toelichting="Het gaat beter.",
    ),
    step("P11M10D", "hervatten", "casemanager_zorg", per="P11M10D"),
    step("P1Y1M", "verhuizen", nis_code="31005", per="P1Y1M"),
    step("P1Y1M2D", "overdracht_bevestigen", opdracht="overdracht/casemanager_werk"),
    step(
        "P1Y4M",
        "beslispunt_beslissen",
        opdracht="beslispunt",
        keuze="uitzonderlijk",
        einde="P1Y8M",
        motivering="De opname duurde lang.",
    ),
    step(
        "P1Y6M10D",
        "verlenging_beslissen",
        "vdab",
        opdracht="verlenging",
        besluit="toegestaan",
        einde="P1Y8M",
        motivering="De opname telt.",
    ),
)
"""Eighteen months with a long suspension and a move to Brugge, and an extension that VDAB allows after the last day."""


def stopped(na: str) -> Stap:
    """The trajectory is stopped on that day."""
    return step(na, "stopzetten", einde=na, oorzaak="verhuisd")


def first_talk(na: str) -> Stap:
    """The first talk was held on that day, and told the person all it should."""
    told = {"waar": "kantoor", "hoe": "gesprek", "geinformeerd": ALL_SIX}
    return step(na, "eerste_gesprek", opdracht="eerste_gesprek", **told)


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
        "nooit gewekt",
        first_talk("P5D"),
        plan("P15D"),
        stopped("P1M"),
        eindverslag("P1M2D"),
    ),
    story(
        "net te laat",
        first_talk("P22D"),
        plan("P23D"),
        stopped("P1M"),
        eindverslag("P1M2D"),
    ),
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
    story("aangeboden", *OFFERED, *CHANGED, *PAID),
    story("verlengd", *LENGTHENED, tot="P1Y6M12D"),
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
    *INTAKE,
    *AMA,
)
