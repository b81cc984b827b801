"""What is an answer to a question of its kind, and what is none."""

import pytest

from labbooking.residencies.questions.models import CallQuestion
from labbooking.residencies.questions.reading import read_answer

TWO = [["a", "eins", "one"], ["b", "zwei", "two"]]


def read(kind, said, **fields):
    return read_answer(CallQuestion(kind=kind, **fields), said)


@pytest.mark.parametrize(
    ("kind", "said", "kept"),
    [
        ("short", " a\0 ti\u202etle\nof two ", "a title of two"),
        ("long", "One\r\n\u2066two\x07 👩\u200d🎨", "One\ntwo 👩\u200d🎨"),
        ("number", " 12,50 ", "12.5"),
        ("number", "-0", "0"),
        ("link", "example.org/film", "https://example.org/film"),
        ("link", "https://example.org/\u202efilm", "https://example.org/film"),
        ("yes_no", "yes", "yes"),
        ("choice", "b", "b"),
        ("choices", ["b", "", "a", "b"], ["a", "b"]),
        ("choices", "b", ["b"]),
        *((kind, nothing, "") for kind in ("short", "long", "number", "link", "choice", "yes_no")
          for nothing in ("", "  ", None)),
        ("choices", [""], []), ("choices", None, []), ("choices", "", []),
    ],
)  # fmt: skip
def test_an_answer_is_kept_plain(kind, said, kept):
    assert read(kind, said, options=TWO) == kept


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("short", "x" * 201), ("long", "x" * 100_000), ("short", ["a"]), ("short", 7),
        ("number", "ten"), ("number", "nan"), ("number", "1e9"), ("number", "9" * 21),
        ("link", "javascript:alert(1)"), ("link", "https://ada@example.org"), ("link", "film"),
        ("link", "https://example.org/" + "x" * 500),
        ("yes_no", "maybe"), ("choice", "c"), ("choice", "one"), ("choices", ["a", "c"]),
    ],
)  # fmt: skip
def test_what_is_none_is_a_sentence(kind, said):
    with pytest.raises(ValueError, match=r"\.$"):
        read(kind, said, options=TWO)
