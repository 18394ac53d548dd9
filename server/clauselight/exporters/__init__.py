"""Writes what is published in the formats of others: feeds, digests, citations, annotations, tables, PDF."""
