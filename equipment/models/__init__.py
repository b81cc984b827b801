"""Tables of this room. Django reads them from here."""

from equipment.models.features import WELL_KNOWN
from equipment.models.files import Manual, Photo
from equipment.models.intake import Question, QuestionKind, ShownTo, Terms
from equipment.models.rules import HouseRules
from equipment.models.texts import Announcement, AnnouncementKind, HouseText
from equipment.models.things import Feature, Kind, Resource, ResourceType, TwoLanguages, in_language

__all__ = [
    "WELL_KNOWN",
    "Announcement",
    "AnnouncementKind",
    "Feature",
    "HouseRules",
    "HouseText",
    "Kind",
    "Manual",
    "Photo",
    "Question",
    "QuestionKind",
    "Resource",
    "ResourceType",
    "ShownTo",
    "Terms",
    "TwoLanguages",
    "in_language",
]
