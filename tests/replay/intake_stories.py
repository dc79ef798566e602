"""The stories of the replay corpus that begin with a request: to a decision, and through the GBO to the erasure."""

from typing import Any

from models.actors import Actor, Rol
from player.story import Stap, Story, Who

BEGIN = "2027-01-04"
VDAB = Actor(rol=Rol.VDAB, organisatie="ORG-VDAB-GENT", medewerker="MW-0103")
PERSON = {
    "voornaam": "Mira",
    "achternaam": "Claes",
    "geboortedatum": "1988-03-02",
    "adres": "Kerkstraat 1",
    "postcode": "9000",
    "telefoon": "0470 00 00 01",
}
INHOUD: dict[str, Any] = {
    "motivering": "Wil weer iets doen.",
    "eigen_woorden": "Ik wil vooruit.",
    "ladder": {"niveau": 3, "groeipotentieel": 5, "op": "P0D", "door": "GTB", "bron": "gesprek"},
    "documenten": [{"soort": "diagnostisch", "kenmerk": "verslag 12", "bij": "GTB"}],
}
AMA = {"soort": "arbeidsmatige_activiteiten", "van": "-P8M", "tot": "P6M"}
JUDGED = {"aanwezig": True, "motivering": "Dat bleek uit het gesprek."}


def of(na: str, wat: str, wie: Who | str = "vdab", /, **met: Any) -> Stap:
    """One step in the toeleiding, by VDAB unless somebody else is named."""
    return Stap.model_validate({"na": na, "wie": wie, "wat": wat, "met": met})


def then(na: str, wat: str, wie: Who | str = "kernpartner", /, **met: Any) -> Stap:
    """One step in the onthaaltraject, by the kernpartner unless somebody else is named."""
    return Stap.model_validate({"na": na, "wie": wie, "wat": wat, "traject": "onthaaltraject", "met": met})


def screened(na: str, wie: str = "screener") -> Stap:
    """The screening is recorded."""
    said = dict.fromkeys(("doet_en_wil", "sterktes", "hindernissen", "hulp", "advies"), "Genoteerd.")
    return of(na, "screening_vastleggen", wie, opdracht="screening", niveau=3, **said)


def decided(na: str, route: str, wie: str = "vdab", **met: Any) -> Stap:
    """VDAB decides."""
    judged = {"problematiek": JUDGED, "groeimogelijkheden": JUDGED}
    return of(na, "toeleiding_beslissen", wie, opdracht="beslissing", route=route, **judged, **met)


def asked(naam: str, inhoud: dict[str, Any], *stappen: Stap, tot: str, **request: Any) -> Story:
    """A story that begins with a request on the fixed day, each about somebody else: nobody looks twice at a name."""
    persoon = {**PERSON, "voornaam": naam.split()[-1].capitalize(), **request.pop("persoon", {})}
    filed = {"soort": "toeleiding", "nis_code": "44021", "persoon": persoon, "inhoud": inhoud, **request}
    return Story.model_validate(
        {"naam": naam, "begin": BEGIN, "aanvraag": filed, "stappen": stappen, "tot": tot}
    )


TO_ONTHAAL: dict[str, Any] = {"onthaal": True, "contact_aanvaard": True}
BY_GTB = {"aanvrager": {"rol": "aanvrager", "organisatie": "ORG-GTB-GENT"}}
YOUNG = {"geboortedatum": "2012-05-12"}
WITHOUT_WORDS = {name: value for name, value in INHOUD.items() if name != "eigen_woorden"}
COMPLETED = (
    of("P3D", "advies_vragen", VDAB, organisatie="ORG-OCMW-GENT"),
    of("P5D", "wachten_op_derde", "aanvrager", document="verslag", bij="het ziekenhuis"),
    of("P8D", "bevindingen_bekijken", opdracht="bevindingen", toelichting="Gebeld."),
    of("P1M5D", "derde_opvolgen", "aanvrager", opdracht="derde", keuze="nog_wachten"),
    of("P1M20D", "derde_opvolgen", "aanvrager", opdracht="derde/2", keuze="ontvangen"),
    of("P1M22D", "aanvraag_aanvullen", "aanvrager", opdracht="aanvullen/2", eigen_woorden="Ik wil vooruit."),
)
"""Somebody young for whom GTB files; a third party is awaited, a partner advises, and the request is complete."""
ROUTED = (
    screened("P10D"),
    decided("P15D", "advies_welzijn", **TO_ONTHAAL),
    then("P24D", "ontvangst_teruggeven", opdracht="ontvangst/2", oorzaak="geen_plaats"),
    then("P25D", "ontvangst_bevestigen", opdracht="ontvangst/3"),
    then("P26D", "onthaal_contactpoging", kanaal="telefoon", moment="avond"),
    then("P27D", "onthaal_starten", opdracht="contact/3", waar="thuis"),
    then("P1M", "toestemming_geven", reikwijdte=["rechten", "levensdomeinen", "overdracht"]),
    then("P1M", "levensdomein_vastleggen", domein="wonen", actie="Inschrijven."),
    then(
        "P1M1D",
        "rechten_meten",
        meting="nul",
        methode="gesprek",
        minuten=40,
        fiche="2027-01",
        rechten=[{"code": "uitpas_kansentarief", "recht": "ja"}],
    ),
    Stap(na="P1M2D", wie="operaties", wat="checkpoint", traject="onthaaltraject"),
    then("P1M3D", "orienteren", opties=["CAW", "wijkcentrum"], keuze="CAW", ontvanger="ORG-CAW-LEIE"),
    then("P1M5D", "warme_overdracht", organisatie="ORG-CAW-LEIE", gesprek_op="P1M4D", afspraken="Samen."),
    then("P1M6D", "toestemming_intrekken", reikwijdte=["rechten"]),
    then("P2M", "aankomst_melden", "dienstverlener", opdracht="aankomst/1", aangekomen="ja"),
    then("P4M", "nog_nodig_antwoorden", opdracht="nog_nodig/1", nodig=True),
    then("P5M", "onthaal_beeindigen", oorzaak="georienteerd_en_aangekomen"),
    then("P8M", "onthaal_heropenen"),
    then("P8M5D", "contact_weigeren"),
)
"""A silent partner, one that gives back, one that takes the person on; every turn inside, an end, and one call."""
INTAKE: tuple[Story, ...] = (
    asked(
        "toegeleid",
        {**WITHOUT_WORDS, "lopend": [AMA]},
        *COMPLETED,
        of("P1M25D", "advies_geven", "dienstverlener", opdracht="advies/ORG-OCMW-GENT", advies="Doen."),
        screened("P2M"),
        Stap(na="P2M1D", wie="operaties", wat="checkpoint"),
        decided("P2M5D", "activeringstraject", start="P2M20D", reden="De overgang is afgesproken."),
        of("P2M10D", "bezwaar_noteren", soort="heroverweging", mondeling=True, inhoud="Te laat."),
        of("P3M5D", "bezwaar_beantwoorden", "teamcoordinator", opdracht="bezwaar", antwoord="Zo blijft het."),
        tot="P3M6D",
        persoon=YOUNG,
        **BY_GTB,
    ),
    asked(
        "ingetrokken",
        WITHOUT_WORDS,
        of("P1M", "onvolledig_beslissen", opdracht="onvolledig", keuze="meer_tijd", toelichting="Nog even."),
        of(
            "P2M15D",
            "onvolledig_beslissen",
            opdracht="onvolledig/2",
            keuze="verder_met_wat_er_is",
            toelichting="Genoeg.",
        ),
        of("P3M", "overleden", overleden_op="P3M"),
        of("P3M2D", "overleden_ongedaan"),
        of("P3M10D", "aanvraag_intrekken"),
        tot="P1Y4M",
    ),
    asked("onthaald", INHOUD, *ROUTED, tot="P1Y9M"),
    asked(
        "onthaal zonder GBO",
        INHOUD,
        screened("P10D", "operaties"),
        decided("P15D", "advies_welzijn", "operaties", **TO_ONTHAAL),
        then(
            "P16D",
            "kernpartner_aanduiden",
            "operaties",
            opdracht="kernpartner",
            organisatie="ORG-CAW-LEIE",
        ),
        then("P17D", "ontvangst_bevestigen", opdracht="ontvangst"),
        then("P2M", "onbereikbaar_vaststellen", reden="Naar het buitenland."),
        then("P3M", "onthaal_heropenen"),
        then("P3M5D", "overleden", overleden_op="P3M5D"),
        then("P3M8D", "afronden_zonder_betrokkene", opdracht="afronding", notitie="Besproken."),
        of("P3M9D", "overleden", "operaties", overleden_op="P3M5D"),
        of("P3M9D", "afronden_zonder_betrokkene", "operaties", opdracht="afronding", notitie="Besproken."),
        tot="P4M",
        nis_code="21004",
    ),
)
