"""Reads what other projects publish, in the layout in which they publish it."""
