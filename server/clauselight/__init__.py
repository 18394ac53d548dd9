"""Clauselight: the risky clauses of the policy you are reading, on the live page."""

__version__ = "0.1.0"
