"""The proofs: tests that mirror the packages and read as consequences of the decree."""
