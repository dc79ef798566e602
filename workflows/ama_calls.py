"""The calls that only arbeidsmatige activiteiten make, with the patience of every other."""

from temporalio import workflow

from workflows.calls import Calls

with workflow.unsafe.imports_passed_through():
    from activities.ama_record import AmaRecord
    from activities.contingenten import Contingenten, Plaatsmeldingen
    from activities.evaluaties import Evaluaties
    from models.ama_orders import Begin, BeginOrder, EvaluatieOrder, HerzienOrder, Opgezocht, OpzoekOrder
    from models.contingent import (
        Overgeslagen,
        Overslaan,
        Plaats,
        PlaatsInnemen,
        PlaatsVraag,
        PlaatsVrijgeven,
        Verwittigd,
        Verwittiging,
        Vrijgegeven,
    )
    from models.follow_up import Begonnen


class AmaCalls(Calls):
    """What arbeidsmatige activiteiten ask of the record, of the contingents, and of each other."""

    async def look_up(self, order: OpzoekOrder) -> Opgezocht:
        """Asks who is recognised, who leads, and what else runs for the person."""
        return await workflow.execute_activity_method(
            AmaRecord.look_up, order, summary="Wie is erkend, en wat loopt er nog?", **self.options
        )

    async def may_begin(self, order: BeginOrder) -> Begin:
        """The last look before the first day: recognition, and no other AMA on it."""
        return await workflow.execute_activity_method(
            AmaRecord.begin, order, summary=f"Kan het beginnen op {order.start:%d-%m-%Y}?", **self.options
        )

    async def look_again(self, order: HerzienOrder) -> Begin:
        """The look at days that were put right: recognition, and no other AMA on them."""
        return await workflow.execute_activity_method(
            AmaRecord.look_again, order, summary="Kunnen de rechtgezette dagen?", **self.options
        )

    async def open_evaluation(self, order: EvaluatieOrder) -> Begonnen:
        """Opens a yearly evaluation, exactly once however often it is asked."""
        return await workflow.execute_activity_method(
            Evaluaties.open, order, summary=f"Opent evaluatie {order.nummer}", **self.options
        )

    async def ask_place(self, order: PlaatsVraag) -> Plaats:
        """Asks a place in a contingent; asking again never gives a second one."""
        return await workflow.execute_activity_method(
            Contingenten.ask, order, summary=f"Vraagt een plaats bij {order.houder}", **self.options
        )

    async def take_place(self, order: PlaatsInnemen) -> Plaats:
        """Takes the reserved place from the first day on."""
        return await workflow.execute_activity_method(
            Contingenten.occupy, order, summary="Neemt de plaats in", **self.options
        )

    async def give_place_back(self, order: PlaatsVrijgeven) -> Vrijgegeven:
        """Gives a place back, or the place in line."""
        return await workflow.execute_activity_method(
            Contingenten.release, order, summary="Geeft de plaats vrij", **self.options
        )

    async def pass_over(self, order: Overslaan) -> Overgeslagen:
        """Passes over who comes first, with a reason and a name."""
        return await workflow.execute_activity_method(
            Contingenten.skip, order, summary="Slaat een wachtende over", **self.options
        )

    async def wake(self, order: Verwittiging) -> Verwittigd:
        """Tells those whose turn it is that a place is free."""
        return await workflow.execute_activity_method(
            Plaatsmeldingen.tell, order, summary="Verwittigt wie aan de beurt is", **self.options
        )
