"""How the site runs: the only place where environment variables are read."""
