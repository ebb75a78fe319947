"""Where files are written: a folder, or the URL of an object store. A file is whole or not there."""

from __future__ import annotations

import contextlib
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import fsspec

from sanctions_monitor.errors import UserError
from sanctions_monitor.settings import without_password

if TYPE_CHECKING:
    from collections.abc import Iterator

BUCKETS = frozenset({"s3", "s3a", "gs", "gcs", "az", "abfs", "abfss", "oci", "oss"})
"""Stores without folders: to make one there would make a bucket of a misspelt name."""


@contextlib.contextmanager
def whole_file(place: str, name: str) -> Iterator[Path]:
    """A path to write to; when the block ends without a fault, the file stands at `place` under its name.

    In a folder it is written beside its place and renamed; for an object store it is written here, and put there under
    another name before it is renamed. Raises UserError where the place can't be written, naming it and the reason.
    """
    folder = local_folder(place)
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
        handle, path = tempfile.mkstemp(prefix=f".{name}.", suffix=".part", dir=folder)
        os.close(handle)
    except OSError as problem:
        raise _not_written(place, name, problem) from problem
    part = Path(path)
    try:
        yield part
        if folder is None:
            _put(place, name, part)
        else:
            # mkstemp makes it private; a file that is there to be loaded follows the umask like any other
            part.chmod(0o666 & ~_umask())
            part.replace(folder / name)
    except OSError as problem:
        raise _not_written(place, name, problem) from problem
    finally:
        part.unlink(missing_ok=True)


def local_folder(place: str) -> Path | None:
    """The folder that a place names; None for a URL of an object store."""
    parts = urlsplit(place)
    if "://" not in place:
        return Path(place).expanduser()
    return Path(parts.path) if parts.scheme == "file" else None


def _put(place: str, name: str, part: Path) -> None:
    try:
        store, folder = _store(place)
        if urlsplit(place).scheme not in BUCKETS:
            store.makedirs(folder, exist_ok=True)
        target = f"{folder.rstrip('/')}/{name}"
        store.put_file(str(part), f"{target}.part")
        store.mv(f"{target}.part", target)
    except (ImportError, ValueError) as problem:
        raise UserError(f"{without_password(place)}: {problem}. Install the package that fsspec names.") from None
    except OSError:
        raise
    except Exception as problem:
        # each store's library has errors of its own (botocore's are no OSError)
        raise OSError(f"{type(problem).__name__}: {' '.join(str(problem).split())}") from problem


def _store(place: str) -> tuple[Any, str]:
    """The file system and the folder in it. A `connection@` before the bucket is one of Airflow's connections."""
    if urlsplit(place).username:
        from airflow.sdk import ObjectStoragePath

        path = ObjectStoragePath(place)
        return path.fs, path.path
    store, folder = fsspec.core.url_to_fs(place)
    return store, str(folder)


def _not_written(place: str, name: str, problem: OSError) -> UserError:
    reason = problem.strerror or str(problem)
    return UserError(
        f"{without_password(place)}/{name} can't be written: {reason}. "
        "Nothing of it was kept; free or mend the place, then run again."
    )


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
