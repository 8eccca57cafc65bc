"""Room on the disk of the data folder."""

import shutil
from pathlib import Path

LEAST_FREE = 500 * 1024 * 1024
"""Bytes; with less, make room before taps fail."""


def free(folder: Path) -> int:
    """Bytes; of the folder that it will be made in, where it is not there yet."""
    there = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    return shutil.disk_usage(there).free
