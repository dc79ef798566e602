"""The engine: a stock Temporal server and UI for one machine, and how to find, make, start and examine it."""

from engine.prepare import has_time_skipping, prepare
from engine.problem import EngineProblem
from engine.provide import Kind, Provided, provide
from engine.running import Engine, connect_config, running_engine

__all__ = [
    "Engine",
    "EngineProblem",
    "Kind",
    "Provided",
    "connect_config",
    "has_time_skipping",
    "prepare",
    "provide",
    "running_engine",
]
