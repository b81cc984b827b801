"""Mails to people who take part in a booking of somebody else, or have it together in a group."""
