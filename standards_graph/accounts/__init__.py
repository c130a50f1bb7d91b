"""Who may change the registry: tokens, sign-ins, and the list of what was done with them. A database of its own."""
