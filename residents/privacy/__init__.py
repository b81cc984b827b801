"""What the house holds about a person: told to them, and taken away when they ask for it."""
