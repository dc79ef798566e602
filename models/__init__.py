"""The words of the product: findings, law, duties, phases, messages and orders."""
