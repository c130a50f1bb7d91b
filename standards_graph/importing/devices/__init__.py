"""Registers of devices and of those who make them."""
