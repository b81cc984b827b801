from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class RecoveryForm(forms.Form):
    email = forms.EmailField(label=_("Whose e-mail address?"))
    reason = forms.CharField(
        label=_("How do you know that it is them?"),
        max_length=300,
        help_text=_("Whoever agrees reads this first, for example “is standing in front of me”."),
    )
