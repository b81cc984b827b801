"""A pseudonym is the same within a study and tells nothing outside of it."""

import re

from labbooking.research.exports.pseudonyms import BOOKING, PERSON, SERIES, pseudonym

KEY = "0b0f9c9e-7a0e-4c5e-8f6b-3a4f0f4d1c2b"


def test_it_is_short_and_stable():
    assert pseudonym(b"secret", PERSON, KEY) == pseudonym(b"secret", PERSON, KEY)
    assert re.fullmatch(r"P-[A-Z2-7]{8}", pseudonym(b"secret", PERSON, KEY))


def test_it_is_the_keyed_hash_that_the_codebook_promises():
    """Worked out by hand with openssl: HMAC-SHA256 of `P:<key>`, base32."""
    assert pseudonym(b"secret", PERSON, KEY) == "P-YC7EKI6R"


def test_it_differs_from_study_to_study():
    assert pseudonym(b"one", PERSON, KEY) != pseudonym(b"two", PERSON, KEY)


def test_a_booking_and_a_series_of_one_number_have_nothing_in_common():
    booking, series = (pseudonym(b"secret", prefix, "7") for prefix in (BOOKING, SERIES))

    assert booking[2:] != series[2:]


def test_people_are_told_apart():
    keys = [f"person {number}" for number in range(2000)]

    assert len({pseudonym(b"secret", PERSON, key) for key in keys}) == 2000


def test_what_is_not_there_has_no_pseudonym():
    assert pseudonym(b"secret", SERIES, "") == ""
