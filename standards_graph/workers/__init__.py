"""Processes that may be killed: queries and files from outside are evaluated there and nowhere else."""
