"""Mails about inductions: those one asks for, and those that are offered as appointments."""
