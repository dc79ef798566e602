"""The words of the product: what a message can hold, and what it never can."""
