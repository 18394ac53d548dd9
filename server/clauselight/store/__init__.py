"""The archive: the system of record. One module an aggregate; SQL through SQLAlchemy Core only."""
