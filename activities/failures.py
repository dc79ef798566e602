"""What a failing activity tells Temporal: its kind, whether repeating helps, and never the values it worked on."""

from typing import Any

from temporalio.exceptions import ApplicationError, FailureError
from temporalio.worker import ActivityInboundInterceptor, ExecuteActivityInput, Interceptor

from models.errors import Permanent


class Failures(Interceptor):
    """Turns every exception of an activity into its kind; a Permanent one is not repeated."""

    def intercept_activity(self, next: ActivityInboundInterceptor) -> ActivityInboundInterceptor:
        """See Interceptor."""
        return _Named(next)


class _Named(ActivityInboundInterceptor):
    async def execute_activity(self, input: ExecuteActivityInput) -> Any:
        try:
            return await super().execute_activity(input)
        except FailureError:
            raise
        except Permanent as final:
            raise ApplicationError(str(final), type=type(final).__name__, non_retryable=True) from None
        except Exception as passing:
            raise ApplicationError(type(passing).__name__, type=type(passing).__name__) from None
