"""Watches documents: captures what is due, records what changed, and tells whoever wants to know."""
