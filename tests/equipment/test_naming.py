"""A short name that is made of a name is one that a short name may be."""

import pytest

from equipment.actions.naming import free_slug, refuse_reserved
from equipment.models import ResourceType


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("VR_set", "vr-set"),
        ("_Large _ desk_", "large-desk"),
        ("Großer Ofen", "grosser-ofen"),
        ("Manage", "manage-2"),
        ("__", "thing"),
        (f"{'a' * 45}_b", "a" * 45),
    ],
)
def test_a_name_becomes_a_short_name_that_is_not_refused(db, name, slug):
    made = free_slug(ResourceType, name)

    refuse_reserved(made)
    assert made == slug
