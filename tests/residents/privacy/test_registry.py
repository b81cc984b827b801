"""Every room says what it holds about people; a model of which nothing is said fails the build."""

from django.apps import apps

from residents.models import User
from residents.privacy.registry import Erasure, holdings


def fields_that_name_a_person():
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            is_column = getattr(field, "concrete", False) and not field.many_to_many
            if is_column and field.is_relation and field.related_model is User:
                yield model._meta.label, field.name


def test_every_model_that_names_a_person_is_registered_once():
    """What names one by way of another row is declared beside it."""
    declared = [(each.model, each.person) for each in holdings() if "__" not in each.person]
    assert sorted(declared) == sorted(fields_that_name_a_person())


def test_what_is_told_or_emptied_is_there():
    for each in holdings():
        model = apps.get_model(each.model)
        names = {field.name for field in model._meta.get_fields()}
        assert {*each.emptied} <= names, each.model
        assert all(name in names or hasattr(model, name) for name in each.shown), each.model
        assert bool(each.what) == bool(each.shown), each.model
        assert bool(each.emptied) == (each.erasure is Erasure.EMPTIED), each.model


def test_every_text_of_a_row_that_stays_is_emptied():
    """Words that people wrote; what staff or the house chose from a list is none of theirs."""
    of_the_house = {"state", "kind", "key", "fingerprint", "rrule"}
    for each in holdings():
        if each.erasure is Erasure.EMPTIED:
            texts = {
                field.name
                for field in apps.get_model(each.model)._meta.concrete_fields
                if field.get_internal_type() in {"CharField", "TextField"}
            }
            assert texts - of_the_house <= set(each.emptied), each.model
