"""The protocol (DESIGN.md section 5), one topic a file."""
