"""Nobody reads or changes a sealed file without its passphrase."""

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labbooking.operations.backup import sealed
from labbooking.operations.backup.errors import BackupFailed

PASSPHRASE = "seven seats and a board"


@pytest.fixture(autouse=True, scope="module")
def quick():
    """What makes guessing dear would make these tests slow."""
    patch = pytest.MonkeyPatch()
    patch.setattr(sealed, "WORK", 4)
    yield
    patch.undo()


def seal(data, passphrase=PASSPHRASE):
    file = io.BytesIO()
    sealer = sealed.Sealer(file, passphrase)
    sealer.write(data)
    sealer.close()
    return file.getvalue()


def opened(data, passphrase=PASSPHRASE):
    return sealed.Opener(io.BytesIO(data), passphrase).read()


@pytest.mark.parametrize("chunks", [0, 0.5, 1, 1.5, 2, 3])
def test_what_was_sealed_comes_back(chunks):
    data = bytes(range(256)) * int(chunks * sealed.CHUNK / 256)
    assert opened(seal(data)) == data


def test_the_same_is_never_sealed_alike_twice_and_shows_nothing():
    data = b"Ada books seat 3" * 100
    assert seal(data) != seal(data)
    assert b"Ada" not in seal(data)


def test_another_passphrase_is_told_from_a_damaged_file():
    with pytest.raises(BackupFailed, match="does not open"):
        opened(seal(b"x" * 100), "seven seats and a bed")
    with pytest.raises(BackupFailed, match="not a backup"):
        opened(b"PK\x03\x04" * 50)


WHOLE = None


def whole():
    global WHOLE  # noqa: PLW0603 - sealed once for all examples
    WHOLE = WHOLE or seal(b"0123456789abcdef" * (sealed.CHUNK // 16) + b"the rest")
    return WHOLE


@given(st.data())
def test_one_changed_bit_anywhere_is_noticed(data):
    changed = bytearray(whole())
    changed[data.draw(st.integers(0, len(changed) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises(BackupFailed):
        opened(bytes(changed))


@given(st.data())
def test_a_file_that_was_cut_short_or_went_on_is_noticed(data):
    end = data.draw(st.integers(0, len(whole()) - 1))
    with pytest.raises(BackupFailed):
        opened(whole()[:end])
    with pytest.raises(BackupFailed):
        opened(whole() + b"\0" * (end % 40 + 1))


def test_cut_between_two_chunks_is_noticed_too():
    file = seal(b"x" * 3 * sealed.CHUNK)
    with pytest.raises(BackupFailed, match="damaged"):
        opened(file[: -(sealed.CHUNK + sealed.TAG)])


def test_cut_behind_the_first_chunk_is_noticed_too():
    """That one is empty, so all that is missing was never missed."""
    empty = len(seal(b"")) - sealed.TAG
    with pytest.raises(BackupFailed, match="damaged"):
        opened(seal(b"x" * 100)[:empty])


def test_a_large_file_passes_through_little_memory(tmp_path):
    path, block = tmp_path / "file", b"x" * 65536
    tracemalloc.start()
    with path.open("wb") as file:
        sealer = sealed.Sealer(file, PASSPHRASE)
        for _ in range(640):
            sealer.write(block)
        sealer.close()
    with path.open("rb") as file:
        opener = sealed.Opener(file, PASSPHRASE)
        while opener.read(65536):
            pass
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert path.stat().st_size > 40_000_000
    assert most < 10_000_000
