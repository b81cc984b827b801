"""A stranger asks for an account, confirms their address, and hears from the team."""
