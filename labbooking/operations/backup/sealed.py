"""A file nobody can read or change without its passphrase.

scrypt makes a key of the passphrase, AES-256-GCM seals the content in chunks, so a file of any size
passes through little memory. Each chunk's nonce holds its number and whether it is the last one: no
chunk can be changed, left out, moved or cut off. The first chunk is empty and tells a wrong
passphrase from a damaged file.
"""

from __future__ import annotations

import os
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext as _

from labbooking.operations.backup.errors import BackupFailed

MAGIC: Final = b"Daig backup 1\n"
CHUNK: Final = 1024 * 1024
TAG, SALT, PREFIX = 16, 16, 7
WORK: Final = 16
"""scrypt's cost as a power of two: 64 MiB and a fifth of a second a guess. Kept in the file."""
MOST_WORK: Final = 20


def _cipher(passphrase: str, salt: bytes, work: int) -> AESGCM:
    key = Scrypt(salt=salt, length=32, n=2**work, r=8, p=1).derive(passphrase.encode())
    return AESGCM(key)


class _Chunks:
    """What both directions share: the header, and a nonce for each chunk."""

    def __init__(self, header: bytes, passphrase: str) -> None:
        rest = header[len(MAGIC) :]
        self._header = header
        self._prefix = rest[1 + SALT :]
        self._cipher = _cipher(passphrase, rest[1 : 1 + SALT], rest[0])
        self._count = 0

    def _nonce(self, *, last: bool) -> bytes:
        nonce = self._prefix + self._count.to_bytes(4, "big") + bytes([last])
        self._count += 1
        return nonce


class Sealer(_Chunks):
    """Writes sealed; only after `close` is the file whole."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        header = MAGIC + bytes([WORK]) + os.urandom(SALT + PREFIX)
        super().__init__(header, passphrase)
        self._file = file
        self._waiting = bytearray()
        file.write(header)
        self._seal(b"", last=False)

    def write(self, data: bytes) -> int:
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]
        return len(data)

    def close(self) -> None:
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()

    def _seal(self, data: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(self._nonce(last=last), data, self._header))


class Opener(_Chunks):
    """Reads what was sealed. Raises `BackupFailed` at the first chunk that is not as written."""

    def __init__(self, file: BinaryIO, passphrase: str) -> None:
        header = file.read(len(MAGIC) + 1 + SALT + PREFIX)
        if len(header) < len(MAGIC) + 1 + SALT + PREFIX or not header.startswith(MAGIC):
            raise BackupFailed(_("This file is not a backup of Daig."))
        if header[len(MAGIC)] > MOST_WORK:
            raise BackupFailed(damaged())
        super().__init__(header, passphrase)
        self._file = file
        self._open(file.read(TAG), last=False, otherwise=wrong_passphrase())
        self._next = file.read(CHUNK + TAG)
        if not self._next:  # A whole file has a last chunk, if an empty one.
            raise BackupFailed(damaged())
        self._ready = bytearray()

    def read(self, size: int = -1) -> bytes:
        while self._next and (size < 0 or len(self._ready) < size):
            this, self._next = self._next, self._file.read(CHUNK + TAG)
            self._ready += self._open(this, last=not self._next, otherwise=damaged())
        taken = bytes(self._ready[: len(self._ready) if size < 0 else size])
        del self._ready[: len(taken)]
        return taken

    def _open(self, chunk: bytes, *, last: bool, otherwise: str) -> bytes:
        try:
            return self._cipher.decrypt(self._nonce(last=last), chunk, self._header)
        except (InvalidTag, ValueError):
            raise BackupFailed(otherwise) from None


def damaged() -> str:
    return _("This backup is damaged or was cut short.")


def wrong_passphrase() -> str:
    return _("The passphrase does not open this backup.")
