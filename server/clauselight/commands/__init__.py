"""The commands of `clauselight`, one a file: `add` describes its options, `run` does it."""
