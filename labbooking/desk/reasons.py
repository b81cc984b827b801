"""The desk's page of the reasons that stand ready for a no, in both languages."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from labbooking.bookings.actions.reply_templates import add_reason, change_reason, remove_reason
from labbooking.bookings.models import ReadyReason
from labbooking.errors import DomainError, NotThere
from labbooking.lengths import LONGEST_PARAGRAPH
from residents.access import PersonRequest, for_staff


class ReasonForm(forms.Form):
    """A reason; what stood there when somebody began to write goes along unseen."""

    text_de = forms.CharField(
        label=gettext_lazy("In German"),
        max_length=LONGEST_PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "de"}),
    )
    text_en = forms.CharField(
        label=gettext_lazy("In English"),
        max_length=LONGEST_PARAGRAPH,
        widget=forms.Textarea(attrs={"rows": 2, "lang": "en"}),
    )
    before_de = forms.CharField(required=False, widget=forms.HiddenInput)
    before_en = forms.CharField(required=False, widget=forms.HiddenInput)

    @property
    def texts(self) -> tuple[str, str]:
        return self.cleaned_data["text_de"], self.cleaned_data["text_en"]

    @property
    def before(self) -> tuple[str, str]:
        return self.cleaned_data["before_de"], self.cleaned_data["before_en"]


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff
def reasons(request: PersonRequest) -> HttpResponse:
    """All of them, each with a form to change it; POST adds one."""
    if request.method != "POST":
        return _page(request)
    form = ReasonForm(request.POST, auto_id="id_new_%s", use_required_attribute=False)
    if not form.is_valid():
        return _page(request, new=form, status=422)
    add_reason(form.texts, by=request.user, at=timezone.now())
    messages.success(request, _("It is on the list now."))
    return redirect("ready_reasons")


@require_POST
@for_staff
def change(request: PersonRequest, pk: int) -> HttpResponse:
    form = ReasonForm(request.POST, auto_id=f"id_{pk}_%s", use_required_attribute=False)
    if not form.is_valid():
        return _page(request, changed={pk: form}, status=422)
    by, at = request.user, timezone.now()
    try:
        change_reason(pk, form.texts, before=form.before, by=by, at=at)
    except NotThere as error:
        raise Http404(error.detail) from error
    except DomainError as error:
        form.add_error(None, error.detail)
        return _page(request, changed={pk: _anew(pk, form)}, status=error.status)
    messages.success(request, _("The reason has been changed."))
    return redirect("ready_reasons")


def _anew(pk: int, form: ReasonForm) -> ReasonForm:
    """What was typed stays, on top of what stands there by now: saving again replaces it."""
    now = _initial(ReadyReason.objects.get(pk=pk))
    typed = {name: form.data.get(name, "") for name in ("text_de", "text_en")}
    form.data = now | typed
    return form


@require_POST
@for_staff
def remove(request: PersonRequest, pk: int) -> HttpResponse:
    try:
        remove_reason(pk, by=request.user, at=timezone.now())
    except NotThere as error:
        raise Http404(error.detail) from error
    messages.success(request, _("It is no longer on the list."))
    return redirect("ready_reasons")


def _page(
    request: HttpRequest,
    *,
    new: ReasonForm | None = None,
    changed: dict[int, ReasonForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    known = changed or {}
    lines = [(each, known.get(each.pk) or _form(each)) for each in ReadyReason.objects.all()]
    new = new or ReasonForm(auto_id="id_new_%s", use_required_attribute=False)
    return render(request, "desk/reasons.html", {"lines": lines, "new": new}, status=status)


def _form(reason: ReadyReason) -> ReasonForm:
    return ReasonForm(
        initial=_initial(reason), auto_id=f"id_{reason.pk}_%s", use_required_attribute=False
    )


def _initial(reason: ReadyReason) -> dict[str, str]:
    texts = {"text_de": reason.text_de, "text_en": reason.text_en}
    return texts | {"before_de": reason.text_de, "before_en": reason.text_en}
