"""What the reports about a trajectory print, from the facts of an order and the names of the record."""

from activities.directory import Directory, full_name
from activities.plan_contexts import provider
from activities.wording import FASEN, GEZICHTEN, PAKKETTEN, ROLLEN, VERVOLGEN, standing
from models import documents, reports
from models.actors import Rol, Team
from models.begeleiding import Verkennen
from models.documents import DocumentOrder
from models.messages import PlanAkkoord
from models.printed import Waarom
from models.verloop import ActieStand


def report(order: DocumentOrder, directory: Directory, team: Team | None) -> reports.Report:
    """What every report has: whom it is about and who wrote it."""
    person = directory.person()
    return reports.Report(
        kenmerk=order.reference,
        datum=order.as_of,
        deelnemer=full_name(person),
        geboortedatum=person.birth_date,
        casemanagers=directory.team(team) if team else (),
    )


def reviewverslag(
    base: reports.Report, facts: documents.Reviewverslag, directory: Directory
) -> reports.Reviewverslag:
    """One evaluation talk; after one year with the whole package beside it."""
    review = facts.review
    return reports.Reviewverslag(
        **dict(base),
        nummer=facts.nummer,
        gehouden_op=review.datum,
        voorzien_op=facts.voorzien_op.value,
        voorzien_waarom=Waarom.of(facts.voorzien_op),
        eigen_woorden=review.eigen_woorden,
        tevredenheid=review.tevredenheid,
        gezicht=GEZICHTEN[review.gezicht] if review.gezicht else None,
        acties=review.acties,
        jaarpakket=overview(facts.acties, directory) if facts.jaarevaluatie else None,
        vervolg=review.vervolg,
        volgende_op=facts.volgende.value if facts.volgende else None,
        volgende_waarom=Waarom.of(facts.volgende) if facts.volgende else None,
    )


def overview(acties: tuple[ActieStand, ...], directory: Directory) -> tuple[reports.ActieInPakket, ...]:
    """Each action with who provides it, since when, and where it stands."""
    return tuple(
        reports.ActieInPakket(
            nummer=stand.nummer,
            omschrijving=stand.actie.omschrijving,
            met=provider(stand.actie, directory),
            sinds=stand.sinds,
            stand=standing(stand),
        )
        for stand in acties
    )


def pakketevaluatie(
    base: reports.Report, facts: documents.Pakketevaluatie, directory: Directory
) -> reports.Pakketevaluatie:
    """The five lines about a welzijnspakket."""
    stand, said = facts.actie, facts.evaluatie
    return reports.Pakketevaluatie(
        **dict(base),
        nummer=stand.nummer,
        omschrijving=stand.actie.omschrijving,
        pakket=PAKKETTEN[stand.actie.pakket] if stand.actie.pakket else None,
        met=provider(stand.actie, directory),
        eerste_gesprek_op=stand.pakket_vanaf,
        einde=facts.einde.value,
        einde_waarom=Waarom.of(facts.einde),
        besproken_op=said.datum,
        doel=said.doel,
        gedaan=said.gedaan,
        resultaat=said.resultaat,
        eigen_woorden=said.eigen_woorden,
        vervolg=said.vervolg,
    )


def overdrachtsfiche(
    base: reports.Report, facts: documents.Overdrachtsfiche, directory: Directory
) -> reports.Overdrachtsfiche:
    """Where the case stands, for who takes it over."""
    rol = ROLLEN[facts.rol]
    return reports.Overdrachtsfiche(
        **dict(base),
        rol=rol,
        van=directory.contact(facts.van, rol),
        naar=directory.contact(facts.team.member(Rol(facts.rol)), rol),
        fase=FASEN.get(facts.fase, facts.fase),
        verkenning=_explored(facts.verkenning) if facts.verkenning else None,
        open_opdrachten=tuple(reports.Opdracht(wat=wat, tegen=day) for wat, day in facts.open_opdrachten),
        plan=_plan(facts.plan) if facts.plan else None,
        acties=overview(facts.acties, directory),
        reviews=facts.reviews,
        opschortingen=tuple(reports.Rust(van=van, weer_vanaf=tot) for van, tot in facts.opschortingen),
    )


def _explored(said: Verkennen) -> reports.Verkenning:
    return reports.Verkenning(
        op=said.datum,
        voorkeur=said.voorkeur,
        competenties=said.competenties,
        groeimogelijkheden=said.groeimogelijkheden,
        noden=said.noden,
        rechten=said.rechten,
    )


def _plan(plan: PlanAkkoord) -> reports.PlanKort:
    return reports.PlanKort(
        doel=plan.doel,
        start=plan.start,
        einde=plan.einde,
        periodiciteit_maanden=plan.periodiciteit_maanden,
        afspraken=plan.afspraken,
    )


def eindverslag(base: reports.Report, facts: documents.Eindverslag) -> reports.Eindverslag:
    """The five elements of the end report (art. 22), and whether there is an advice beside it."""
    verslag = facts.verslag
    return reports.Eindverslag(
        **dict(base),
        vorm=verslag.vorm,
        start=facts.plan.start if facts.plan else None,
        einde=facts.einde,
        doel=facts.plan.doel if facts.plan else None,
        evaluaties=facts.reviews,
        acties=verslag.acties,
        resultaten=verslag.resultaten,
        informatie_team=verslag.informatie_team,
        informatie_dienstverleners=verslag.informatie_dienstverleners,
        gesprek=verslag.gesprek,
        alinea_deelnemer=verslag.alinea_deelnemer,
        met_eindadvies=verslag.eindadvies is not None,
    )


def eindadvies(base: reports.Report, facts: documents.Eindadvies, directory: Directory) -> reports.Eindadvies:
    """The reasoned advice to VDAB; raises DocumentIncomplete when there is none."""
    verslag = facts.verslag
    return reports.Eindadvies(
        **dict(base),
        vorm=verslag.vorm,
        start=facts.start,
        einde=facts.einde,
        alinea_deelnemer=verslag.alinea_deelnemer,
        eindadvies=directory.required(verslag.eindadvies, "eindadvies"),
        vervolg=VERVOLGEN.get(verslag.uitkomst) if verslag.uitkomst else None,
        resultaten=verslag.resultaten,
        gesprek=verslag.gesprek,
        metingen=tuple(
            reports.Trede(op=found.op, niveau=found.niveau, groeipotentieel=found.groeipotentieel)
            for found in facts.metingen
        ),
    )


def slotnota(base: reports.Report, facts: documents.Slotnota) -> reports.Slotnota:
    """The closing note after a death."""
    return reports.Slotnota(**dict(base), overleden_op=facts.overleden_op, notitie=facts.nota.notitie)
