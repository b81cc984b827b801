"""Papers: what they say, to whom, when, and that nobody can write markup into them."""

import hashlib
import re
import zlib
from datetime import date
from itertools import product

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import translation

from labbooking.errors import NotThere, WrongState
from labbooking.journal.models import Entry
from labbooking.residencies.stays.actions.contract import sign_contract
from labbooking.residencies.stays.papers.actions import make_paper
from labbooking.residencies.stays.papers.registration import duty, in_words
from labbooking.residencies.stays.papers.typesetting import Paper, as_pdf
from tests.residencies.stays.staying import ARRIVAL, NOW, a_stay, arrived, terms

FIRST = date(2027, 1, 31)
"""A month on there is no such day."""
NASTY = 'Zoë "Łuka" #set text(red) *b* _i_ $x$ <l> @ref [c] {d} \\ // /* Ѳ Ωμέγα ẞ – ‚‘'


def printed(paper):
    return as_pdf(paper, at=NOW)


def a_paper(**more):
    words = {"title": "T", "house": "H", "lang": "de", "above": (), "facts": (), "below": ()}
    return Paper(**{**words, "made": "", "signs": (), **more})


def streams(pdf):
    """What a PDF holds, unfolded as far as it is folded."""
    found = [pdf]
    for each in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        try:
            found.append(zlib.decompress(each))
        except zlib.error:
            found.append(each)
    return b"".join(found)


def test_a_paper_is_a_tagged_pdf_that_says_so_in_its_language():
    pdf = printed(a_paper(title="Bestätigung", facts=(("Name", NASTY),), below=(NASTY,)))
    whole = streams(pdf)
    assert pdf.startswith(b"%PDF-1.7")
    assert b"<pdfuaid:part>1</pdfuaid:part>" in whole
    assert "Bestätigung".encode() in whole
    assert b"/Marked true" in whole
    assert b"/StructTreeRoot" in whole
    assert re.search(rb"/Lang ?\(de\)", whole)
    assert pdf == printed(a_paper(title="Bestätigung", facts=(("Name", NASTY),), below=(NASTY,)))


def test_words_are_never_read_as_markup():
    """As markup these would fail, read a file, or leave something out."""
    for words in (NASTY, '#read("/etc/passwd")', "#panic()", "$ unclosed", "<label>", "@nothing"):
        for more in ({"title": words}, {"above": (words,)}, {"facts": ((words, words),)}):
            assert printed(a_paper(**more)).startswith(b"%PDF")


def test_what_no_typeface_has_is_refused_in_a_sentence():
    with pytest.raises(WrongState, match="no typeface"):
        printed(a_paper(below=("\U000131f4\ue123",)))


def twelve():
    """How long it is, and what that means for who lives in Germany, abroad, or has not said."""
    nothing, six, three = "need not", "6 months", "3 months"
    return [
        ({"weeks": 4}, True, nothing), ({"weeks": 4}, False, nothing),
        ({"weeks": 4}, None, nothing),
        ({"months": 3}, True, nothing), ({"months": 3}, False, nothing),
        ({"months": 3}, None, nothing),
        ({"months": 3, "days": 1}, True, nothing), ({"months": 3, "days": 1}, False, three),
        ({"months": 3, "days": 1}, None, "depends"),
        ({"months": 6}, True, nothing), ({"months": 6, "days": 1}, True, six),
        ({"months": 6, "days": 1}, False, three),
    ]  # fmt: skip


def test_registering_goes_by_length_and_by_where_one_lives():
    assert len(twelve()) == 12
    for length, lives, words in twelve():
        said = in_words(FIRST, FIRST + relativedelta(**length), lives)
        assert words in said, (length, lives, said)
        assert ("longer than" in said and "register with the city by" in said) == (
            words in {"6 months", "3 months"}
        )
    found = duty(FIRST, date(2027, 12, 1), lives_in_germany=False)
    assert found.by == date(2027, 5, 14), "three months, then two weeks"


@pytest.mark.django_db
def test_who_gives_the_home_is_said_only_once_somebody_lives_there(lab, ada, ben, sam):
    stay = a_stay(ada, sam)
    who = {"at": ARRIVAL, "language": "en"}
    for kind in ("registration", "certificate"):
        with pytest.raises(WrongState, match="arrived"):
            make_paper(stay.pk, kind, by=sam, **who)
    arrived(stay, sam)
    with pytest.raises(WrongState, match="who gives the home"):
        make_paper(stay.pk, "registration", by=ada, **who)
    type(stay).objects.update(terms=terms(sam))
    with pytest.raises(NotThere):
        make_paper(stay.pk, "registration", by=ben, **who)
    with pytest.raises(NotThere):
        make_paper(stay.pk, "invoice", by=ada, **who)
    made = make_paper(stay.pk, "registration", by=ada, **who)
    whole = streams(made.pdf)
    assert made.name == f"registration-{stay.pk}.pdf"
    assert re.search(rb"/Lang ?\(de\)", whole), "the office reads German"
    (entry,) = Entry.objects.filter(kind="papers.made")
    assert entry.data["paper"] == "registration"
    assert entry.data["sha256"] == hashlib.sha256(made.pdf).hexdigest()
    assert "Ada" not in str(entry.data)


@pytest.mark.django_db
def test_certificate_and_contract_in_both_languages(lab, ada, sam):
    terms(sam)
    ada.name = NASTY[:60]
    ada.save()
    stay = arrived(a_stay(ada, sam), sam)
    with translation.override("en"):
        for kind, language in product(("certificate", "contract"), ("de", "en")):
            made = make_paper(stay.pk, kind, by=ada, at=ARRIVAL, language=language)
            assert re.search(rb"/Lang ?\(" + language.encode(), streams(made.pdf))
        sign_contract(stay.pk, version=1, by=ada, at=ARRIVAL)
        signed = make_paper(stay.pk, "contract", by=ada, at=ARRIVAL, language=language)
    assert signed.pdf != made.pdf
    assert Entry.objects.filter(kind="papers.made").count() == 5
