"""A call with questions of its own, one of each kind, and answers to them."""

from labbooking.residencies.calls.spec import QuestionSaid

QUESTIONS = (
    QuestionSaid(
        "Warum hier?", "Why here?", "long", help_de="Kurz.", help_en="In <b>short</b>.",
        required=True, limit_words=5, shown_to="jury",
    ),
    QuestionSaid(
        "Womit arbeitest du?", "What do you work with?", "choices", "with",
        options=(("", "Holz", "Wood"), ("", "Ton", "Clay"), ("fe", "Stahl", "Steel")),
    ),
    QuestionSaid("Wie viele Jahre?", "How many years?", "number", "years"),
    QuestionSaid("Ein Film", "A film", "link", "film", shown_to="jury"),
    QuestionSaid("Warst du schon hier?", "Have you been here?", "yes_no", "before", required=True),
    QuestionSaid("Wo lebst du?", "Where do you live?", "short", "where"),
    QuestionSaid(
        "Ein Zimmer", "A room", "choice", "room", shown_to="jury",
        options=(("", "hell", "bright"), ("", "ruhig", "quiet")),
    ),
)  # fmt: skip
KEYS = ["why-here", "with", "years", "film", "before", "where", "room"]
ANSWERS = {
    "why-here": "For the light.",
    "with": ["wood", "fe"],
    "years": "12.5",
    "film": "https://www.vimeo.com/ada/1",
    "before": "no",
    "where": "Gent",
    "room": "quiet",
}


def typed_answers(**more):
    """As a browser sends them."""
    sent = {key: ["", *value] if key == "with" else value for key, value in ANSWERS.items()}
    return {f"answers.{key}": value for key, value in {**sent, **more}.items()}
