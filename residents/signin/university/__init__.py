"""Signing in with the account of a university (OpenID Connect), where one is set up."""
