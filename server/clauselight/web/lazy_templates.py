"""Templates that are read when the first page is asked for: a server that only answers extensions never needs
them, nor what renders them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jinja2


class LazyTemplates:
    """A Jinja environment that is made by `make` when it is first needed."""

    def __init__(self, make: Callable[[], jinja2.Environment]) -> None:
        self._make = make
        self._made: jinja2.Environment | None = None

    def get_template(self, name: str) -> jinja2.Template:
        """One template. Raises TemplateNotFound."""
        if self._made is None:
            self._made = self._make()
        return self._made.get_template(name)
