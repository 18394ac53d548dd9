"""The commands of `clauselight`, one a file: `add` describes its options, `run` does it."""

from clauselight.lean_imports import leave_out_the_mapper

# Here, since it is imported before any command and what it needs.
leave_out_the_mapper()
