"""Mails about calls for applications and what comes of them."""
