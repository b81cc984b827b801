"""What Django and allauth say on our pages, named so that locale/de says it in the house's tone."""

from django.utils.translation import gettext_noop, ngettext_lazy

WORDS = (
    gettext_noop("This field is required."),
    gettext_noop("The email address and/or password you specified are not correct."),
    gettext_noop("Your password can’t be too similar to your other personal information."),
    gettext_noop("Your password can’t be a commonly used password."),
    gettext_noop("Your password can’t be entirely numeric."),
    ngettext_lazy(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        "min_length",
    ),
)
