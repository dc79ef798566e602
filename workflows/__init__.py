"""The stories: durable workflows that always know the next duty."""
