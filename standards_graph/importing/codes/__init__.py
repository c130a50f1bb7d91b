"""Codes and crosswalks: code lists of agencies, numbered parts of laws and standards, and how others relate them."""
