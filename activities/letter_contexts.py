"""What the letters of the tandem print: names and ways to reach people, and reasons in plain words."""

from activities.directory import Directory, full_name
from activities.wording import STOPREDENEN, VERVOLGEN, in_short
from models import documents, letters
from models.actors import Team
from models.documents import DocumentOrder
from models.printed import Waarom

REASON, ADVICE, QUOTE = 900, 600, 240
"""How many signs of VDAB's reason, of the advice and of the participant's own words fit on one page."""


def teambrief(order: DocumentOrder, directory: Directory, team: Team) -> letters.Teambrief:
    """What every letter of a tandem has: whom it goes to, who writes it, and who hears a complaint."""
    return letters.Teambrief(
        kenmerk=order.reference,
        datum=order.as_of,
        geadresseerden=directory.addressees(),
        deelnemer=full_name(directory.person()),
        casemanagers=directory.team(team),
        klachten=directory.next_in_line(team),
    )


def kennismaking(base: letters.Teambrief, facts: documents.KennismakingTandem) -> letters.KennismakingTandem:
    """The two case managers introduce themselves (art. 14 §2 1°-2°)."""
    return letters.KennismakingTandem(**dict(base), overname=facts.overname)


def stopzetting(base: letters.Teambrief, facts: documents.Stopzetting) -> letters.Stopzetting:
    """A neutral reason in plain words; a cause without words of its own is explained by the team."""
    return letters.Stopzetting(
        **dict(base),
        einde=facts.einde,
        reden=STOPREDENEN.get(facts.oorzaak, STOPREDENEN["andere"]),
        heropenen_tot=facts.heropenen_tot.value,
        heropenen_waarom=Waarom.of(facts.heropenen_tot),
    )


def weigering_verlenging(
    base: letters.Teambrief, facts: documents.WeigeringVerlenging, directory: Directory
) -> letters.WeigeringVerlenging:
    """What VDAB decided, in its own words as far as these can stand in a letter (art. 11)."""
    vdab = facts.team.vdab
    return letters.WeigeringVerlenging(
        **dict(base),
        gevraagd_tot=facts.gevraagd_tot,
        einde=facts.einde.value,
        einde_waarom=Waarom.of(facts.einde),
        motivering=in_short(facts.motivering, REASON),
        vdab=directory.contact(vdab, "VDAB") if vdab else None,
    )


def eindadvies_kopie(
    base: letters.Teambrief, facts: documents.EindadviesKopie, directory: Directory
) -> letters.EindadviesKopie:
    """The advice as the person can hold it in hand; raises DocumentIncomplete when there is none."""
    verslag = facts.verslag
    advice = directory.required(verslag.eindadvies, "eindadvies")
    own = verslag.alinea_deelnemer
    return letters.EindadviesKopie(
        **dict(base),
        einde=facts.einde,
        eindadvies=in_short(advice, ADVICE),
        alinea_deelnemer=in_short(own, QUOTE, own_words=True) if own else None,
        vervolg=VERVOLGEN.get(verslag.uitkomst) if verslag.uitkomst else None,
        heropenen_tot=facts.heropenen_tot.value,
        heropenen_waarom=Waarom.of(facts.heropenen_tot),
    )
