"""Where people arrive: what is theirs next, what waits for them, and how the house stands."""
