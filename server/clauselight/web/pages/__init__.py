"""Pages that people read, rendered with Jinja2, without scripts."""
