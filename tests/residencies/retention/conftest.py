import pytest

from tests.residencies.jury.judging import a_juror


@pytest.fixture
def jury(db):
    """Jo, who is to be the chair, Max and Eva."""
    return [a_juror(name) for name in ("Jo", "Max", "Eva")]
