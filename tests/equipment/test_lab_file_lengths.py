"""A file holds no more than one may type."""

from tests.equipment.test_lab_file import SMALL, faults


def test_what_is_longer_than_one_may_type_is_a_fault():
    line = '"' + "x" * 119 + '"'
    lists = f'name_en = "Saw"\nfeatures_en = [{", ".join([line] * 9)}]'
    (said,) = faults(SMALL.replace('name_en = "Saw"', lists, 1))
    assert said == "Line 11: type.features_en is longer than 1000 characters in all."
    text = f'name_en = "Saw"\ndescription_en = "{"x" * 2001}"'
    (said,) = faults(SMALL.replace('name_en = "Saw"', text, 1))
    assert "type.description_en is longer than 2000 characters" in said
