"""Mails to people who take part in a booking of somebody else."""
