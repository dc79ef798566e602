"""What tandem, providers, coordinator and VDAB tell while somebody is accompanied, at the end, and about the money."""

from typing import Any

from models.actors import OPERATIES, Actor, Rol
from models.duties import Duty, DutyKind
from tests.simulation.actions import PROVIDERS, Action, some_actions
from tests.simulation.chance import MONTHS, VDAB, Chance, Move, answered, days
from tests.simulation.known import AFTER, GUIDED, Known

POINTS = ("einddoel", "duur", "werk", "zorg", "samenwerking", "gegevens")
COORDINATOR = Actor(rol=Rol.NETWERKCOORDINATOR, organisatie="ORG-NETWERK-GENT")
PLACES = ("44021", "44083", "31005", "35013", "11002")
LINES = ("samenwerkingsverband_zorg", "casemanager_werk", "netwerk")
WAYS = ("telefoon", "brief", "mail", "sms", "huisbezoek", "hulpverlener")
OUTCOMES = ("betaald_werk_regulier", "artikel_60", "artikel_60", "vrijwilligerswerk", "geen")
LONGEST_EXTENSION = 200
WHY = {"toelichting": "Zo besproken."}
MOTIVATED = {"motivering": "Zo beslist."}


def first_talk(chance: Chance, known: Known, duty: Duty) -> Move:
    """The first talk, in which some of the six points were told."""
    told = chance.random.sample(POINTS, chance.random.randint(0, len(POINTS)))
    return answered(
        "eerste_gesprek", chance, known, duty, waar="thuis", hoe="huisbezoek", geinformeerd=sorted(told)
    )


def inform(chance: Chance, known: Known, duty: Duty) -> Move:
    """What was missing of the six points, or some of it."""
    told = chance.random.sample(POINTS, chance.random.randint(1, len(POINTS)))
    return answered("informeren", chance, known, duty, geinformeerd=sorted(told))


def offer(chance: Chance, known: Known, duty: Duty) -> Move:
    """A provider has a place, a waiting list, or nothing."""
    said = chance.random.choice(("bevestigd", "wachtlijst", "wachtlijst", "geen_aanbod", "geweigerd"))
    later = known.today + days(chance.random.randint(1, 60))
    when = {"vanaf": later.isoformat()} if said in ("bevestigd", "wachtlijst") else {}
    return answered("aanbod_antwoorden", chance, known, duty, antwoord=said, **when)


def reconsider(chance: Chance, known: Known, duty: Duty) -> Move:
    """The tandem chooses something else for an action without offer."""
    keuze = chance.random.choice(("andere_dienstverlener", "vervalt", "wachten"))
    other = {"dienstverlener": chance.random.choice(PROVIDERS)} if keuze == "andere_dienstverlener" else {}
    return answered("actie_herzien", chance, known, duty, keuze=keuze, **other, **WHY)


def decide_proposal(chance: Chance, known: Known, duty: Duty) -> Move:
    """The tandem accepts or refuses a proposal."""
    besluit = chance.random.choice(("aanvaard", "geweigerd"))
    return answered("voorstel_beslissen", chance, known, duty, besluit=besluit, **MOTIVATED)


def evaluate_package(chance: Chance, known: Known, duty: Duty) -> Move:
    """A package in five lines."""
    five = dict.fromkeys(("doel", "gedaan", "resultaat", "eigen_woorden", "vervolg"), "Zoals besproken.")
    return answered("pakket_evalueren", chance, known, duty, **five)


def discuss_rest(chance: Chance, known: Known, duty: Duty) -> Move:
    """A long suspension was talked about, or decided on."""
    keuze = chance.random.choice(("wachten", "hervatten_voorbereiden", "stoppen_voorbereiden"))
    return answered("opschorting_bespreken", chance, known, duty, keuze=keuze, **WHY)


def decide_what_comes(chance: Chance, known: Known, duty: Duty) -> Move | None:
    """The beslispunt: finish, lengthen, or ask VDAB."""
    if known.fase != "lopend":
        return None
    soonest = max(known.today + days(1), known.first_day + 3 * MONTHS)
    keuze = chance.random.choice(("afronden", "verlengen", *(3 * ("uitzonderlijk",))))
    if keuze == "verlengen" and soonest > known.latest_end:
        keuze = "afronden"
    beyond = known.latest_end + days(chance.random.randint(1, LONGEST_EXTENSION))
    einde = {
        "afronden": {},
        "verlengen": {"einde": chance.day(soonest, known.latest_end).isoformat()},
        "uitzonderlijk": {"einde": max(beyond, known.today + days(1)).isoformat()},
    }
    asked = keuze == "uitzonderlijk" and known.vdab_decides
    expected = "refused" if asked else "accepted"
    contents = {"keuze": keuze, **einde[keuze], **MOTIVATED}
    return answered("beslispunt_beslissen", chance, known, duty, expected, **contents)


def decide_extension(chance: Chance, known: Known, duty: Duty) -> Move:
    """VDAB allows or refuses."""
    if chance.random.random() < 0.5:
        return answered("verlenging_beslissen", chance, known, duty, besluit="geweigerd", **MOTIVATED)
    first = max(known.latest_end, known.today) + days(1)
    einde = chance.day(first, first + days(LONGEST_EXTENSION)).isoformat()
    return answered(
        "verlenging_beslissen", chance, known, duty, besluit="toegestaan", einde=einde, **MOTIVATED
    )


def divide(chance: Chance, known: Known, duty: Duty) -> Move:
    """The coordinator says how the money was divided."""
    lines = [{"dienstverlener": "ORG-OCMW-GENT", "bedrag": "250.00", "waarvoor": "Kookgroep."}]
    return answered("verdeelstaat_indienen", chance, known, duty, verdelingen=lines)


def look_after(chance: Chance, known: Known, duty: Duty) -> Move:
    """A contact after work began."""
    return answered("nazorg_vastleggen", chance, known, duty, nota="Het loopt.")


def measure(chance: Chance, known: Known, duty: Duty) -> Move:
    """The one question of a measurement."""
    return answered("meting_vastleggen", chance, known, duty, niveau=chance.random.randint(1, 6))


def take_over(chance: Chance, known: Known, duty: Duty) -> Move:
    """The new casemanager read the pack."""
    return answered("overdracht_bevestigen", chance, known, duty)


def _by_tandem(chance: Chance, known: Known, name: str, payload: dict[str, Any], *fasen: str) -> Move | None:
    if known.fase not in fasen or not known.tandem:
        return None
    datum = {"datum": chance.lately(known).isoformat()}
    return Move(name, chance.random.choice(known.tandem), payload | datum)


def explore(chance: Chance, known: Known) -> Move | None:
    """What was explored before the plan."""
    five = ("rechten", "competenties", "voorkeur", "groeimogelijkheden", "noden")
    return _by_tandem(chance, known, "verkennen", dict.fromkeys(five, "Besproken."), *GUIDED)


def place(chance: Chance, known: Known) -> Move | None:
    """A value on the participatieladder."""
    level = {"niveau": chance.random.randint(1, 6)}
    return _by_tandem(chance, known, "participatieladder", level, *GUIDED, *AFTER)


def start_early(chance: Chance, known: Known) -> Move | None:
    """A first action before the plan."""
    named = {action.words for action in known.actions if not action.lapsed}
    new = [each for each in some_actions(chance.random) if each["omschrijving"] not in named]
    return _by_tandem(chance, known, "voorfase_actie", {"actie": new[0]}, "voorbereiding") if new else None


def want_another(chance: Chance, known: Known) -> Move | None:
    """The participant asks for somebody else; a second time there is a reason."""
    rol = chance.random.choice(("casemanager_werk", "casemanager_zorg"))
    payload = {"rol": rol, "reden": "het klikt niet"}
    return _by_tandem(chance, known, "andere_casemanager_vragen", payload, *GUIDED)


def move_house(chance: Chance, known: Known) -> Move | None:
    """The participant lives elsewhere: in the same werkingsgebied, in another, or where the tables know nobody."""
    per = chance.day(max(known.start, known.today - days(20)), known.today).isoformat()
    payload = {"nis_code": chance.random.choice(PLACES), "per": per}
    return _by_tandem(chance, known, "verhuizen", payload, *GUIDED)


def change_plan(chance: Chance, known: Known) -> Move | None:
    """A small change, other actions, or another periodicity."""
    changes: tuple[dict[str, Any], ...] = (
        {"aard": "klein"},
        {"aard": "wezenlijk", "acties": some_actions(chance.random)},
        {"aard": "wezenlijk", "acties": some_actions(chance.random), "doel": "Iets anders."},
        {"aard": "wezenlijk", "periodiciteit_maanden": chance.random.randint(1, 6)},
    )
    payload = {"wat": "Samen besproken.", **chance.random.choice(changes)}
    return _by_tandem(chance, known, "plan_wijzigen", payload, "lopend")


def propose(chance: Chance, known: Known) -> Move | None:
    """A provider proposes a change of its action."""
    mine = [action for action in known.actions if not action.lapsed and action.provider.startswith("ORG-")]
    if known.fase != "lopend" or not mine:
        return None
    action = chance.random.choice(mine)
    return Move(
        "wijziging_voorstellen", provides(action), {"actie": action.number, "voorstel": "Later op de dag."}
    )


def provides(action: Action) -> Actor:
    """Whoever speaks for the provider of an action."""
    return Actor(rol=Rol.DIENSTVERLENER, organisatie=action.provider)


def start_package(chance: Chance, known: Known) -> Move | None:
    """A package starts, not long ago."""
    packages = [a for a in known.actions if a.package and not a.began and not a.lapsed]
    if not packages:
        return None
    on = chance.day(max(known.start, known.today - days(60)), known.today).isoformat()
    payload = {
        "actie": chance.random.choice(packages).number,
        "eerste_gesprek_op": on,
        "reden": "zo besproken",
    }
    return _by_tandem(chance, known, "pakket_starten", payload, "lopend")


def talk_before_stop(chance: Chance, known: Known) -> Move | None:
    """A motivating or a confronting talk."""
    stap = chance.random.choice(("motiverend", "confronterend"))
    return _by_tandem(chance, known, "stopgesprek", {"stap": stap, "verslag": "Besproken."}, *GUIDED)


def try_to_reach(chance: Chance, known: Known) -> Move | None:
    """An attempt to reach the person."""
    payload = {"kanaal": chance.random.choice(WAYS), "gelukt": chance.random.random() < 0.3}
    return _by_tandem(chance, known, "contactpoging", payload, *GUIDED, "afronding")


def note_outcome(chance: Chance, known: Known) -> Move | None:
    """Where the person went, and whether there is nazorg."""
    since = chance.day(known.start, known.today + days(60)).isoformat()
    payload = {"uitkomst": chance.random.choice(OUTCOMES), "nazorg": True, "sinds": since}
    return _by_tandem(chance, known, "uitkomst_vastleggen", payload, *AFTER)


def register(chance: Chance, known: Known) -> Move | None:
    """Something stands in the file of VDAB."""
    on = chance.day(known.start, known.today).isoformat()
    payload = {"wat": chance.random.choice(("trajectplan", "eindverslag")), "geregistreerd_op": on}
    return _by_tandem(chance, known, "vdab_registratie", payload, *GUIDED, *AFTER)


def note_payment(chance: Chance, known: Known) -> Move | None:
    """Another payment for the same actions."""
    payload = {"bedrag": "99.95", "waarvoor": "Kookgroep.", "van_wie": "De stad."}
    return _by_tandem(chance, known, "andere_vergoeding", payload, *GUIDED, *AFTER)


def dispute(chance: Chance, known: Known) -> Move | None:
    """A line is disputed."""
    if known.fase not in AFTER:
        return None
    return Move("vergoeding_betwisten", OPERATIES, line(chance) | {"waarom": "De actie ging niet door."})


def hear(chance: Chance, known: Known) -> Move | None:
    """An organisation is heard."""
    if known.fase not in AFTER:
        return None
    return Move("hoorzitting", VDAB, line(chance) | {"verweer": "Er was een andere actie."})


def recover(chance: Chance, known: Known) -> Move | None:
    """Money is recovered from who was heard."""
    if known.fase not in AFTER or not known.heard:
        return None
    lijn, organisatie = chance.random.choice(known.heard)
    amount = {"bedrag": "10.00", **MOTIVATED}
    return Move("terugvordering_beslissen", VDAB, {"lijn": lijn, "organisatie": organisatie, **amount})


def line(chance: Chance) -> dict[str, Any]:
    """A line of the statement and whose it is."""
    return {"lijn": chance.random.choice(LINES), "organisatie": "ORG-OCMW-GENT"}


def found_somebody(chance: Chance, known: Known, duty: Duty) -> Move | None:
    """Somebody else takes the role for which another casemanager was asked."""
    assert duty.kind is DutyKind.HERVERDELING
    rol = duty.key.split("/")[1]
    workers = {
        "casemanager_werk": ("ORG-KOMPAAN-WERK", "MW-0201"),
        "casemanager_zorg": ("ORG-DE-MEANDER", "MW-0501"),
    }
    organisatie, medewerker = workers[rol]
    payload = {"rol": rol, "organisatie": organisatie, "medewerker": medewerker}
    return Move("herverdelen", OPERATIES, payload)
