"""What is left over of a sentence and may change its meaning: it is told, never guessed."""

import pytest

from tests.language.test_parser import read


@pytest.mark.parametrize(
    ("text", "unclear", "missing"),
    [
        ("seat 3 December 10 to 12", ("december",), ()),
        ("Platz 3, Dezember, 10 bis 12", ("dezember",), ()),
        ("seat 99 tomorrow 10 to 12", ("99",), ("99",)),
        ("Platz 99 morgen 10 bis 12", ("99",), ("99",)),
        ("Platz 99 4. Dezember 10 bis 12", ("99",), ("99",)),
        ("a seat for two people tomorrow 10 to 12", ("two",), ()),
        ("Platz für zwei Personen morgen 10 bis 12", ("zwei",), ()),
        ("studio from 5 January until end of January", (), ()),
        ("Atelier ab 5. Januar bis Ende Januar", (), ()),
        ("studio from 5 January until mid January", ("january",), ()),
        ("studio at the end of January", ("january",), ()),
        ("Atelier Ende Januar", ("januar",), ()),
        ("studio from 5 February until end of January", ("end", "of", "january"), ()),
        ("Atelier ab 5. Januar bis Ende Januar 9999", ("9999",), ()),
        ("seat on the 40th of December 10 to 12", ("40", "december"), ()),
        ("seat tomorrow 25:00", ("25:00",), ()),
        ("seat tomorrow 10 to 12 for 3 hours", ("for", "3", "hours"), ()),
        ("seat monday tuesday 10 to 12", ("tuesday",), ()),
        ("seat on 4 December 10 to 12", (), ()),
        ("Platz 4. Dezember 10 bis 12", (), ()),
        ("seat on the 4th of December 10 to 12", (), ()),
        ("two seats friday at 10 near the window", (), ()),
        ("Platz morgen um 10 Uhr am Fenster", (), ()),
    ],
)
def test_months_numbers_and_days_left_over_are_unclear_and_mere_words_are_not(
    text, unclear, missing
):
    told = read(text)

    assert tuple(each.rstrip(".") for each in told.unclear) == unclear
    assert tuple(each.number for each in told.missing) == missing
