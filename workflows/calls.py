"""How patient each kind of call is; call sites name the kind and never spell a timeout."""

from datetime import timedelta
from typing import Any

from temporalio import workflow
from temporalio.common import RetryPolicy

with workflow.unsafe.imports_passed_through():
    from activities.documents import Documents
    from activities.dossiers import Dossiers
    from activities.follow_up import Followers, FollowUp
    from activities.kernpartners import Kernpartners
    from activities.law_tables import LawTables
    from activities.senders import Senders
    from activities.teams import Teams
    from activities.trajectories import LAW_REACH as LAW_REACH
    from models.case import Patience
    from models.documents import DocumentMade, DocumentOrder
    from models.follow_up import AfzenderMelden, Begonnen, Samenloop, Vervolg
    from models.gbo import KernpartnerOrder, KernpartnerProposal
    from models.law import Law, LawOrder
    from models.steps import Competent, Recorded, Step, TeamOrder, TeamProposal

LAW_AHEAD = timedelta(days=2 * 366)
"""How far ahead of today the days off of a case are known, at the least."""
RECORD_AGAIN = timedelta(hours=1)
"""How long a trajectory waits before it tells the record again, after its retries ran out."""
FIRST_RETRY, LAST_RETRY = timedelta(seconds=1), timedelta(minutes=5)


class Calls:
    """The calls a trajectory makes, each with the patience the case was started with."""

    def __init__(self, patience: Patience) -> None:
        self.options: dict[str, Any] = {
            "start_to_close_timeout": timedelta(seconds=patience.attempt_seconds),
            "retry_policy": RetryPolicy(
                initial_interval=FIRST_RETRY,
                maximum_interval=LAST_RETRY,
                maximum_attempts=patience.attempts,
            ),
        }

    async def record(self, step: Step, summary: str) -> Recorded:
        """Tells the record what became true together; telling it twice changes nothing."""
        return await workflow.execute_activity_method(
            Dossiers.record_step, step, summary=summary, **self.options
        )

    async def team(self, order: TeamOrder) -> TeamProposal:
        """Asks the tables which tandem serves a municipality on a date."""
        return await workflow.execute_activity_method(
            Teams.assign_team, order, summary="Wie is bevoegd in deze gemeente?", **self.options
        )

    async def competent(self, order: TeamOrder) -> Competent:
        """Asks the tables who decides and who screens for a municipality on a date."""
        return await workflow.execute_activity_method(
            Teams.competent, order, summary="Wie beslist in deze gemeente?", **self.options
        )

    async def beside(self, reference: str) -> Samenloop:
        """Asks the record what else runs for the person of a dossier."""
        return await workflow.execute_activity_method(
            FollowUp.beside, reference, summary="Wat loopt er nog?", **self.options
        )

    async def follow_up(self, order: Vervolg) -> Begonnen:
        """Begins the trajectory that follows, exactly once however often it is asked."""
        return await workflow.execute_activity_method(
            Followers.start, order, summary=f"Start een {order.soort}", **self.options
        )

    async def sender(self, order: AfzenderMelden) -> None:
        """Tells whoever sent a person on what it may know of a transmission."""
        return await workflow.execute_activity_method(
            Senders.report, order, summary="Melden aan wie doorstuurde", **self.options
        )

    async def kernpartners(self, order: KernpartnerOrder) -> KernpartnerProposal:
        """Asks the tables which kernpartners serve a municipality, in the agreed order."""
        return await workflow.execute_activity_method(
            Kernpartners.route, order, summary="Welke kernpartner komt eerst?", **self.options
        )

    async def law(self, order: LawOrder) -> Law:
        """Reads the law tables as they are now."""
        return await workflow.execute_activity_method(
            LawTables.snapshot, order, summary="Parameters en vrije dagen lezen", **self.options
        )

    async def document(self, order: DocumentOrder) -> DocumentMade:
        """Renders one document, on the queue for documents so that a backlog delays no ladder."""
        return await workflow.execute_activity_method(
            Documents.render,
            order,
            summary=f"Document {order.key}",
            task_queue=workflow.info().task_queue.replace("trajecten", "documenten", 1),
            **self.options,
        )
