"""What a backup holds: a tar, written and read in one pass."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from shutil import copyfileobj
from typing import IO, BinaryIO, cast

from labbooking.operations.backup.errors import BackupFailed
from labbooking.operations.backup.sealed import Opener, Sealer, damaged

DATABASE, MEDIA = "database", "media"
MANIFEST, SECRETS = "manifest.json", "secrets.json"


class Archive:
    """Takes files in, one after another; their names are paths below the archive's root."""

    def __init__(self, tar: tarfile.TarFile) -> None:
        self._tar = tar

    def add(self, name: str, data: bytes) -> None:
        self._add(name, io.BytesIO(data), len(data))

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            size = file.seek(0, io.SEEK_END)
            file.seek(0)
            self._add(name, file, size)

    def _add(self, name: str, file: IO[bytes], size: int) -> None:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = size, 0o600
        self._tar.addfile(entry, file)


@contextmanager
def writing(file: BinaryIO, passphrase: str) -> Iterator[Archive]:
    sealer = Sealer(file, passphrase)
    with tarfile.open(mode="w|", fileobj=cast(IO[bytes], sealer), format=tarfile.PAX_FORMAT) as tar:
        yield Archive(tar)
    sealer.close()


def unpack(file: BinaryIO, passphrase: str, folder: Path) -> None:
    """All of a backup into an empty folder, once every byte of it has proved to be as written."""
    opener = Opener(file, passphrase)
    try:
        with tarfile.open(mode="r|", fileobj=cast(IO[bytes], opener)) as tar:
            for entry in tar:
                _unpack_one(tar, entry, folder)
        while opener.read(1024 * 1024):
            pass
    except tarfile.TarError:
        raise BackupFailed(damaged()) from None


def _unpack_one(tar: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> None:
    name, content = PurePosixPath(entry.name), tar.extractfile(entry)
    if content is None or name.is_absolute() or ".." in name.parts:
        raise BackupFailed(damaged())
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    with content, path.open("wb") as target:
        copyfileobj(content, target, 1024 * 1024)
