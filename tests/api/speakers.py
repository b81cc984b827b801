"""Who speaks to the API, for every test: `as_ada.get("bookings/")`."""

import pytest

from tests.api.program import Program


@pytest.fixture
def nobody(lab):
    return Program()


@pytest.fixture
def as_ada(lab, ada):
    return Program(ada)


@pytest.fixture
def as_ben(lab, ben):
    return Program(ben)


@pytest.fixture
def as_sam(lab, sam):
    return Program(sam)


@pytest.fixture
def as_rui(lab, rui):
    return Program(rui)
