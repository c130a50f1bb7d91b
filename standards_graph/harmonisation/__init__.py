"""What follows from what is said."""
