"""Fixtures of the tests that edit the law."""

from tests.law_change.scene import theatre

__all__ = ["theatre"]
