from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from labbooking.lengths import LONGEST_ADDRESS, LONGEST_PARAGRAPH
from residents.profile.names import refuse_unseen


class NamedForm(forms.Form):
    """Who somebody says they are."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        try:
            refuse_unseen(name)
        except forms.ValidationError as error:
            raise forms.ValidationError(error.messages) from error
        return name


class NameAndAddressForm(NamedForm):
    """Who somebody says they are, and where they are to be answered."""

    email = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=LONGEST_ADDRESS,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )


class AskForm(NameAndAddressForm):
    words = forms.CharField(
        label=_("What would you like to do here?"),
        max_length=LONGEST_PARAGRAPH,
        help_text=_("A few words are enough. The team of the house reads them."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=[("de", "Deutsch"), ("en", "English")]
    )


class DeclineForm(forms.Form):
    reason = forms.CharField(
        label=_("What you would like to tell them"),
        max_length=LONGEST_PARAGRAPH,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
