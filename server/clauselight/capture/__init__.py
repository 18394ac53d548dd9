"""Getting a page from its address: safely, politely, and with all that is known of how it came.

`capturer.Capturer` is the way in for whoever captures regularly, `safe_fetch.fetch_page` for a single page.
"""
