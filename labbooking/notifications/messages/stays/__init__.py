"""Mails about stays."""
