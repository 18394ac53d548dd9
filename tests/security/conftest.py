"""The fixtures of `tests/archives.py`."""

from archives import (  # noqa: F401
    _no_settings_from_outside,
    archive,
    data_copy,
    empty_archive,
    loaded_folder,
    new_archive,
    server,
    smaller_archive,
    today,
)
