"""Keeps out of a process what it never uses, before anything else is imported.

`sqlalchemy.ext.asyncio` imports SQLAlchemy's whole object mapper for its sessions. Here nothing but SQL
expressions is used (DESIGN.md section 7), and the mapper takes 7 MB of the memory that a server has. So a
package of the same name stands in for it, whose names are looked for in its modules when they are asked for:
connection and engine come without the mapper, a session still with it. Whatever is unexpected about the
installed version, it is imported as usual.
"""

from __future__ import annotations

import sys
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, Final

_PACKAGE: Final = "sqlalchemy.ext.asyncio"
_MODULES: Final = ("engine", "result", "session", "scoping")


class _Lean(ModuleType):
    """The package, with names that are looked for in its modules, in order."""

    def __getattr__(self, name: str) -> Any:
        if not name.startswith("__") and find_spec(f"{_PACKAGE}.{name}") is None:
            for module in _MODULES:
                found = getattr(import_module(f"{_PACKAGE}.{module}"), name, None)
                if found is not None:
                    setattr(self, name, found)
                    return found
        raise AttributeError(f"module {self.__name__!r} has no attribute {name!r}")


def leave_out_the_mapper() -> None:
    """From now on importing `sqlalchemy.ext.asyncio` does not import `sqlalchemy.orm`."""
    if _PACKAGE in sys.modules:
        return
    try:
        spec = find_spec(_PACKAGE)
        if spec is None:
            return
        package = _Lean(_PACKAGE)
        package.__spec__, package.__file__ = spec, spec.origin
        package.__path__ = list(spec.submodule_search_locations or ())
        sys.modules[_PACKAGE] = package
        import_module(f"{_PACKAGE}.engine")
        # As the package itself does.
        import_module("sqlalchemy.util.concurrency")._concurrency_shim._initialize()
    except (ImportError, AttributeError):
        sys.modules.pop(_PACKAGE, None)
