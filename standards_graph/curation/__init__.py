"""From what was read to what is to be changed."""
