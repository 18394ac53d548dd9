"""From a page's bytes to text and clauses."""
