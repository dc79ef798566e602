"""The decree as pure functions: facts and law in, a finding out."""
