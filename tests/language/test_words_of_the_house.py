"""Texts read as if written in their language: what was carried over from the other is named."""

import re

import polib
import pytest

from tests.architecture.files import ROOT, named, ours

CATALOGUE = ROOT / "locale/de/LC_MESSAGES/django.po"
# Where a construction once stood and what is said instead.
NOT_ENGLISH = {
    r"comes of it": "what would happen, what would change",
    r"given up": "cancelled, dropped",
    r"needs staff[’']s yes": "needs staff approval",
    r"\bnothing told\b": "no figures",
    r"\bsay(?:s)? yes to\b": "approve",
    r"\bis none\b": "is not one of them",
    r"^(?:this|that)(?: \w+)? is no (?!longer)": "is not a",
    r"\bwhen it shall\b|\bshall\b": "should",
    r"\bat (?:least|most)\.$": "at most 4 hours, not 4 hours at most",
    r"\b(?:end|departure|series) (?:comes|ends) (?:at least )?(?:one night )?after (?:the|it)\b": (
        "must be later than"
    ),
    r"\bnot one moment\b": "ambiguous, skipped or twice",
    r"\btried in vain\b": "tried and failed",
    r"\bonce nobody\b|\btimes nobody\b": "on one occasion",
    r"\bnobody any more\b": "no longer anybody",
    r"\b(?:it|these|those) (?:is|are) (?:announced|taken down|dropped)\.": "has been",
    r"\b(?:reason|photo|text) is changed\b": "has been changed",
    r"\basks? for no\b|\btakes? no part in what\b|\bin no further\b": "does not",
    r"\bgoes? with .* only\b": "can only be used",
    r"\bcannot be meant\b": "cannot be right",
    r"\bare .*\bdata of\b": "this is data about",
    r"\bwhich is recorded\b": "that is recorded",
    r"\bpassword by (?:it|a link)\b": "with",
    r"\byou said so far\b": "have said so far",
    r"\bby your clocks\b": "where you are",
    r"\b(?:informations|advices|beamer|handy)\b": "information, advice, projector, phone",
    r"^Such as\b": "For example",
}
NOT_GERMAN = {
    r"\(optional\)": "(freiwillig)",
    r"\bMeine Buchungen\b(?! im Daig)": "Deine Buchungen: das Haus spricht mit dir",
    r"\bMein Profil\b": "Dein Profil",
    r"\b[Gg]enehmig": "zusagen: ein Wort auf dem Knopf, in Listen und Mails",
    r"\b[Ff]reigabe\b": "Zusage",
    r"\bzu bestätigende|Bestätigungen\b": "Anfragen",
    r"\bin 20\d\d\b": "2027, ohne „in“",
    r"\bmacht (?:keinen )?Sinn\b": "ergibt Sinn",
    r"\bweniger wie\b": "weniger als",
    r"\b(?:canceln|gecancelt|updaten|upgedatet|downloaden)\b": "stornieren, ändern, herunterladen",
    r"\bbitte (?:mit|die|den|das|nach|zurück)\w* .*en\.$": "sag, storniere, nimm: das Haus sagt du",
    r"^Bitte \w+en\.$": "Nimm es zurück.",
    r"\bmitgeliefert\b|mit dem Haus kam": "der ursprüngliche Text",
    r"\bTicket|\bBuchungsanfrage|\bWarteschlange": "Anfrage, Warteliste",
}


@pytest.fixture(scope="module")
def texts():
    return [each for each in polib.pofile(str(CATALOGUE)) if not each.obsolete]


def found(wordings, sentences):
    return {
        sentence: instead
        for sentence in sentences
        for pattern, instead in wordings.items()
        if re.search(pattern, sentence, re.IGNORECASE if wordings is NOT_ENGLISH else 0)
    }


def test_english_is_not_german_in_english_words(texts):
    english = {each for text in texts for each in (text.msgid, text.msgid_plural)}
    assert not found(NOT_ENGLISH, english)


def test_german_is_not_english_in_german_words(texts):
    german = {each for text in texts for each in (text.msgstr, *text.msgstr_plural.values())}
    assert not found(NOT_GERMAN, german)


def test_pages_that_are_no_templates_of_the_catalogue_keep_to_it_too():
    """What is shown when nothing else works holds its words itself."""
    for path in ours(".html"):
        if path.name in {"500.html", "503.html"}:
            assert not found(NOT_GERMAN, [path.read_text()]), named(path)


def said_for(texts, english, context=None):
    (text,) = (each for each in texts if (each.msgid, each.msgctxt) == (english, context))
    return text.msgstr


def test_one_word_for_the_queue_and_another_for_the_button(texts):
    """Requests are a queue (Anfragen), and a yes is pressed (Zusagen): neither is called both."""
    assert said_for(texts, "Approvals") == "Anfragen"
    assert said_for(texts, "Approve") == "Zusagen"
    assert said_for(texts, "Decline") == "Absagen"
    assert said_for(texts, "confirmed", "state of a booking") == "zugesagt"
    assert said_for(texts, "declined", "state of a booking") == "abgesagt"
    assert said_for(texts, "Confirmed") == "Zugesagt"


def test_what_is_forbidden_is_noticed():
    assert found(NOT_ENGLISH, ["See what comes of it", "Past and given up", "Nothing told"])
    assert found(NOT_ENGLISH, ["needs staff’s yes"])
    assert not found(
        NOT_ENGLISH, ["Past and cancelled", "needs staff approval", "This is no longer"]
    )
    assert found(NOT_GERMAN, ["Meine Buchungen", "Zweck (optional)"])
