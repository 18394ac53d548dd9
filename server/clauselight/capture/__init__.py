"""Getting a page from its address, once and politely."""
