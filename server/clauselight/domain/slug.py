"""Names that stand in addresses and ids, made of what people call things."""

from __future__ import annotations

import re
import unicodedata


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens; letters of other scripts by their code points."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain)
    return ("-".join(words) or "x" + "-".join(f"{ord(c):x}" for c in text[:12]))[:110].strip("-")
