import pytest

from equipment.models import Resource


@pytest.fixture
def placed(lab):
    """Everything has a place, in a row."""
    for number, resource in enumerate(lab.values()):
        resource.plan_x, resource.plan_y = 1 + number, 7
    Resource.objects.bulk_update(lab.values(), ["plan_x", "plan_y"])
    return lab
