"""Rows that people number: they take the order of their numbers, and what is ticked goes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeVar, cast

from django import forms
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class _Row(Protocol):
    @property
    def said(self) -> Any: ...


class OrderedForms(forms.BaseFormSet):  # type: ignore[type-arg]
    """Each form has `said`: what was typed into it, once all of them are valid."""

    takes_away: ClassVar[_StrPromise]
    """What is written beside the tick."""

    def add_fields(self, form: forms.Form, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields["ORDER"].label = _("Place in the order")
        form.fields["DELETE"].label = self.takes_away

    @property
    def said(self) -> list[Any]:
        """In their order. Only when all of them are valid."""
        return [each.said for each in cast("list[_Row]", self.ordered_forms)]


_Forms = TypeVar("_Forms", bound=OrderedForms)


def in_order(
    form: type[forms.Form], formset: type[_Forms], most: int, *, room: int, **more: Any
) -> type[_Forms]:
    """Those that are there, each with its number and a tick that takes it away, and `room` for
    more; whoever sends more than `most` is told so and loses nothing."""
    made = forms.formset_factory(
        form,
        formset=formset,
        extra=room,
        max_num=most,
        absolute_max=most + room,
        can_order=True,
        can_delete=True,
        **more,
    )
    return cast("type[_Forms]", made)
