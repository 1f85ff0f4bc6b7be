"""How the tables came to be: small steps, forward only, one purpose each. Run by store/migrate.py."""
