"""Works as somebody adds them: a picture, a PDF, a link or a text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from labbooking.papers.reading import PaperField
from labbooking.pictures import PictureField
from labbooking.residencies.works.actions import WorkSaid
from labbooking.residencies.works.models import (
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_CAPTION,
    LONGEST_LINK,
    LONGEST_TEXT_OF_WORK,
    Work,
    WorkKind,
)

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class WorkForm(forms.Form):
    """What stands beside any work."""

    caption = forms.CharField(
        label=_("Caption"),
        max_length=LONGEST_CAPTION,
        required=False,
        help_text=_("What it is, in what technique and how large. Leave your name out."),
    )
    year = forms.IntegerField(
        label=_("Year"), min_value=FIRST_YEAR, max_value=LAST_YEAR, required=False
    )
    kind: ClassVar[WorkKind]
    adds: ClassVar[_StrPromise]
    """What it is for, in words."""

    @property
    def said(self) -> dict[str, Any]:
        """Only when the form is valid."""
        return self.cleaned_data

    @property
    def work(self) -> WorkSaid:
        """Only when the form is valid."""
        return WorkSaid(self.kind, **self.cleaned_data)


class ImageForm(WorkForm):
    kind = WorkKind.IMAGE
    adds = _("Add a picture")
    picture = PictureField(label=_("Picture"))
    field_order = ("picture",)


class PagesForm(WorkForm):
    kind = WorkKind.PAGES
    adds = _("Add a PDF")
    paper = PaperField(label=_("PDF"))
    field_order = ("paper",)


class LinkForm(WorkForm):
    kind = WorkKind.LINK
    adds = _("Add a link")
    url = forms.CharField(
        label=_("Address"),
        max_length=LONGEST_LINK,
        widget=forms.TextInput(attrs={"inputmode": "url", "autocapitalize": "none"}),
        help_text=_("Of a film, a sound or a page. The jury sees only the name of the website."),
    )
    field_order = ("url",)


class TextForm(WorkForm):
    kind = WorkKind.TEXT
    adds = _("Add a text")
    text = forms.CharField(
        label=_("Text"), max_length=LONGEST_TEXT_OF_WORK, widget=forms.Textarea(attrs={"rows": 8})
    )
    field_order = ("text",)


FORMS: dict[WorkKind, type[WorkForm]] = {
    each.kind: each for each in (ImageForm, PagesForm, LinkForm, TextForm)
}
_CHANGED: dict[str, type[WorkForm]] = {WorkKind.LINK: LinkForm, WorkKind.TEXT: TextForm}
"""Files are not changed: one is taken away and another added."""


def form_of(work: Work, data: Any = None) -> WorkForm:
    """What of a work can be changed."""
    said = {name: getattr(work, name) for name in ("caption", "year", "url", "text")}
    form = _CHANGED.get(work.kind, WorkForm)
    return form(data, initial=said, auto_id=f"id_{work.key[:8]}_%s")


def empty_forms() -> dict[WorkKind, WorkForm]:
    return {kind: form(auto_id=f"id_{kind}_%s") for kind, form in FORMS.items()}
