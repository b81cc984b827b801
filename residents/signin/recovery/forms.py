from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RecoveryForm(forms.Form):
    email = forms.EmailField(label=_("Whose e-mail address?"))
    reason = forms.CharField(
        label=_("How do you know that it is them?"),
        max_length=300,
        help_text=_("Another one of you reads it before they agree, such as “stands before me”."),
    )
