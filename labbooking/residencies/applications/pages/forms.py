"""An application as somebody types it, and how they come in."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from equipment.models import Feature
from labbooking.bookings.pages.inputs import DayField
from labbooking.period import DAY
from labbooking.residencies.applications.grid import arrivals
from labbooking.residencies.applications.models import (
    LONGEST_REASON,
    LONGEST_TITLE,
    LONGEST_WORDS,
    MOST_COMPANIONS,
    MOST_HEADSETS,
    MOST_WORDS,
    Application,
)
from labbooking.residencies.applications.rules import LANGUAGES, NEEDED, said_of
from labbooking.residencies.applications.tidy import plain
from labbooking.residencies.calls.models import Call
from labbooking.residencies.questions.models import AnswerShownTo
from labbooking.residencies.questions.pages.fields import CallAnswerField, Ticks
from labbooking.residencies.questions.queries import answered
from labbooking.residencies.questions.reading import Value
from labbooking.when import full_day
from residents.signin.asking.forms import NameAndAddressForm, NamedForm

FIELD_OF = {"latest": "last_day"}
"""What an application keeps and the form asks for otherwise."""


class ComeForm(NamedForm):
    """Who opens the link for the first time."""


class DoorForm(NameAndAddressForm):
    """Who asks for a link."""


class PlainField(forms.CharField):
    """Words without what steers a text and is not seen, whatever was pasted."""

    def __init__(self, *, one_line: bool = False, **options: Any) -> None:
        self.one_line = one_line
        super().__init__(required=False, **options)

    def to_python(self, value: Any) -> str:
        return plain(super().to_python(value) or "", one_line=self.one_line)


def _area(label: Any, rows: int, **more: Any) -> PlainField:
    widget = forms.Textarea(attrs={"rows": rows})
    return PlainField(label=label, max_length=LONGEST_WORDS, widget=widget, **more)


def _count(label: Any, most: int, **more: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label, min_value=0, max_value=most, required=False, initial=0, **more
    )


def _weeks(label: Any) -> forms.IntegerField:
    field = forms.IntegerField(label=label, required=False)
    field.unit = gettext_lazy("weeks")  # type: ignore[attr-defined]
    return field


def _maybe(text: str) -> bool | None:
    return {"yes": True, "no": False}.get(text)


class DraftForm(forms.Form):
    """Nothing is needed while it is a draft; what lacks is told when it is to be handed in."""

    title = PlainField(
        label=gettext_lazy("Title of what you want to do"), max_length=LONGEST_TITLE, one_line=True
    )
    discipline = forms.TypedChoiceField(
        label=gettext_lazy("Discipline"), coerce=int, empty_value=None, required=False
    )
    language = forms.ChoiceField(
        label=gettext_lazy("Language of the application"),
        choices=[("", "–"), *LANGUAGES.items()],
        required=False,
    )
    project = _area(gettext_lazy("What you want to do"), 12)
    about = _area(gettext_lazy("About you"), 8)
    earliest = DayField(label=gettext_lazy("First possible day"), required=False)
    last_day = DayField(label=gettext_lazy("Last possible day"), required=False)
    weeks_min = _weeks(gettext_lazy("Shortest stay"))
    weeks_wished = _weeks(gettext_lazy("Wished stay"))
    weeks_max = _weeks(gettext_lazy("Longest stay"))
    arrival_wished = forms.TypedChoiceField(
        label=gettext_lazy("Wished day of arrival"),
        coerce=date.fromisoformat,
        empty_value=None,
        required=False,
    )
    partner_code = forms.CharField(
        label=gettext_lazy("Code of the one you come with"), max_length=20, required=False
    )
    companions = _count(gettext_lazy("Children and companions"), MOST_COMPANIONS)
    headsets = _count(gettext_lazy("Headsets"), MOST_HEADSETS)
    needs = _area(
        gettext_lazy("What you need"), 4,
        help_text=gettext_lazy(
            "Access, a quiet room, a ground floor: whatever helps you to live and work here. "
            "Only staff read it, and it plays no part in the decision."
        ),
    )  # fmt: skip
    lives_in_germany = forms.TypedChoiceField(
        label=gettext_lazy("Do you live in Germany?"),
        coerce=_maybe,
        empty_value=None,
        required=False,
        choices=[("", "–"), ("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))],
        help_text=gettext_lazy("Only for registering with the city, should you come."),
    )
    features_needed = forms.MultipleChoiceField(
        label=gettext_lazy("What the studio must have"),
        required=False,
        widget=Ticks,
        help_text=gettext_lazy(
            "Only what you cannot do without: you are given no studio that lacks it."
        ),
    )

    def __init__(self, call: Call, data: Mapping[str, Any] | None = None, **options: Any) -> None:
        super().__init__(data, use_required_attribute=False, **options)
        fields: dict[str, Any] = dict(self.fields)
        names = enumerate(call.disciplines)
        fields["discipline"].choices = [("", "–"), *((str(place), name) for place, name in names)]
        days = [(f"{day}", full_day(day)) for day in arrivals(call)]
        fields["arrival_wished"].choices = [("", "–"), *days]
        for name in NEEDED:
            fields[FIELD_OF.get(name, name)].required = True
        if not call.disciplines:
            del self.fields["discipline"]
        fields["features_needed"].choices = [
            (each.slug, each.name) for each in Feature.objects.all()
        ]
        self.questions = list(call.questions.all())
        self.fields |= {each.field: CallAnswerField(each) for each in self.questions}
        for name in ("weeks_min", "weeks_wished", "weeks_max"):
            limits = {"min": call.stay_weeks_min, "max": call.stay_weeks_max}
            fields[name].widget.attrs |= limits
        for name in ("earliest", "last_day"):
            season = {"min": f"{call.season_from}", "max": f"{call.season_last}"}
            fields[name].widget.attrs |= season
        _say_limits(fields)

    def add_error(self, field: str | None, error: Any) -> None:
        """What is needed to hand it in is said beside its input; a draft goes without it."""
        if field and getattr(error, "code", "") == "required":
            empty = "" if field == "language" else None
            self.cleaned_data[field] = getattr(self.fields[field], "empty_value", empty)
            return
        super().add_error(field, error)

    def part(self, *names: str) -> list[forms.BoundField]:
        return [self[name] for name in names if name in self.fields]

    @property
    def parts(self) -> list[tuple[str, str, list[forms.BoundField], list[forms.BoundField]]]:
        """Headings, who reads what stands below each, and fields by themselves and in rows."""
        part, jury, staff = self.part, _("The jury reads this."), _("Only staff read this.")
        asked = _("Questions of this call")
        found = [
            (_("Your project"), jury, part("title", "project"), part("discipline", "language")),
            (asked, jury, part(*self._asked(AnswerShownTo.JURY)), []),
            (_("Who you are"), staff, part("about"), []),
            (asked, staff, part(*self._asked(AnswerShownTo.STAFF)), []),
            (_("When you can come"), staff, [],
             part("earliest", "last_day", "weeks_min", "weeks_wished", "weeks_max",
                  "arrival_wished")),
            (_("With whom"), staff, [], part("partner_code", "companions")),
            (_("What you need"), staff, part("features_needed", "needs"),
             part("headsets", "lives_in_germany")),
        ]  # fmt: skip
        return [each for each in found if each[2] or each[3]]

    def _asked(self, reader: AnswerShownTo) -> list[str]:
        return [each.field for each in self.questions if each.shown_to == reader]

    def said(self) -> dict[str, Any]:
        """What could be read of what was sent, by the names of an application; fields that were
        not sent at all are not changed."""
        known = {*Application.SAID, *FIELD_OF.values()} & {*self.data}
        said = {name: each for name, each in self.cleaned_data.items() if name in known}
        if "last_day" in said:
            day = said.pop("last_day")
            said["latest"] = day + DAY if day else None
        for name in {"headsets", "companions"} & said.keys():
            said[name] = said[name] or 0
        return said

    def answers(self) -> dict[str, Value]:
        """The same of the call's own questions, by their keys."""
        sent = {*self.data} & {*self.cleaned_data}
        return {
            each.key: self.cleaned_data[each.field] for each in self.questions if each.field in sent
        }

    def features(self) -> list[str] | None:
        sent = "features_needed" in self.data
        return self.cleaned_data.get("features_needed") if sent else None


def _say_limits(fields: dict[str, Any]) -> None:
    helps = {
        "project": _("What you want to work on here, and why here."),
        "about": _("What you have done so far, and how you work."),
        "partner_code": _("Both of you write an application and name the code of the other."),
    }
    for name, words in helps.items():
        fields[name].help_text = words
    for name, most in MOST_WORDS.items():
        limit = _("At most {most} words.").format(most=most)
        fields[name].help_text = f"{helps[name]} {limit}"
        fields[name].widget.attrs["data-most-words"] = most


def words_of(application: Application) -> dict[str, Any]:
    """What the form begins with."""
    lives = application.lives_in_germany
    return {
        **said_of(application),
        "last_day": application.last_day,
        "lives_in_germany": "" if lives is None else "yes" if lives else "no",
        "features_needed": [each.slug for each in application.features_needed.all()],
        **{question.field: value for question, value in answered(application)},
    }


class JudgeForm(forms.Form):
    reason = _area(
        gettext_lazy("Why"), 3,
        help_text=gettext_lazy("Who is not admitted reads it, and may complain."),
    )  # fmt: skip


class LateForm(forms.Form):
    reason = PlainField(
        label=gettext_lazy("Why it still counts"), max_length=LONGEST_REASON, one_line=True
    )


class WithdrawForm(forms.Form):
    erase = forms.BooleanField(
        label=gettext_lazy("And delete everything I wrote now"), required=False
    )

    def __init__(self, call: Call, *data: Any) -> None:
        super().__init__(*data)
        words = _("Otherwise it goes by itself after {days} days.")
        self.fields["erase"].help_text = words.format(days=call.keep_withdrawn_days)
