"""What staff change about the house: things, their rules and photos, texts, announcements."""

from equipment.actions.announcements import announce, change_announcement, take_down
from equipment.actions.overtaken import Overtaken
from equipment.actions.photos import replace_photo, set_photo, set_type_photo
from equipment.actions.rules import drafted, new_rules
from equipment.actions.texts import unwrite_text, write_text

__all__ = [
    "Overtaken",
    "announce",
    "change_announcement",
    "drafted",
    "new_rules",
    "replace_photo",
    "set_photo",
    "set_type_photo",
    "take_down",
    "unwrite_text",
    "write_text",
]
