"""What readers get: rendered once from the archive, compressed, and read back as bytes."""
