"""PostgreSQL as Django knows it, through connections that wait for no dead server."""
