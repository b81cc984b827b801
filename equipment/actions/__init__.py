"""What staff change about the house: things, their rules and photos, texts, announcements."""

from equipment.actions.announcements import announce, change_announcement, take_down
from equipment.actions.manuals import add_manual, order_manual, remove_manual
from equipment.actions.ordering import order_type, order_unit
from equipment.actions.overtaken import Overtaken
from equipment.actions.photos import (
    add_photo,
    describe_photo,
    order_photo,
    remove_photo,
    replace_photo,
    set_photo,
)
from equipment.actions.questions import (
    add_question,
    change_question,
    order_question,
    remove_question,
)
from equipment.actions.retirement import bring_back, retire
from equipment.actions.rules import drafted, new_rules
from equipment.actions.terms import set_terms
from equipment.actions.texts import unwrite_text, write_text
from equipment.actions.types import add_type, change_type
from equipment.actions.units import add_unit, add_units, change_unit

__all__ = [
    "Overtaken",
    "add_manual",
    "add_photo",
    "add_question",
    "add_type",
    "add_unit",
    "add_units",
    "announce",
    "bring_back",
    "change_announcement",
    "change_question",
    "change_type",
    "change_unit",
    "describe_photo",
    "drafted",
    "new_rules",
    "order_manual",
    "order_photo",
    "order_question",
    "order_type",
    "order_unit",
    "remove_manual",
    "remove_photo",
    "remove_question",
    "replace_photo",
    "retire",
    "set_photo",
    "set_terms",
    "take_down",
    "unwrite_text",
    "write_text",
]
