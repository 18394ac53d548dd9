"""The public contract: everything a reader, an extension or a script may rely on.

Each module holds one topic as pydantic models; `schema.py` writes them out as JSON Schema 2020-12.
Nothing here does I/O and nothing here knows another part of the house.
"""

CONTRACT_VERSION = "1"
"""Version of the wire contract. An extension refuses an answer with another one."""
