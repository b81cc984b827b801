"""The door: who may come in, how often one may try, and what a new password ends."""
