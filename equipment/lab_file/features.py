"""What things have that somebody may need, read from a lab's description."""

from __future__ import annotations

from django.utils.translation import gettext as _

from equipment.lab_file.loading import Loading
from equipment.lab_file.schema import LabFile
from equipment.models import WELL_KNOWN, Feature, Resource


def bring_in_features(file: LabFile, loading: Loading) -> dict[str, Feature]:
    """Those that every house knows and those of the file, by their slugs. One that the file no
    longer describes stays: somebody may have asked for it."""
    described = {each.slug: (each.name_de, each.name_en) for each in file.features.values()}
    rows = {each.slug: each for each in Feature.objects.all()}
    for place, (slug, names) in enumerate({**WELL_KNOWN, **described}.items()):
        german, english = names
        known = rows.get(slug)
        if known and (known.name_de, known.name_en, known.order) == (german, english, place):
            continue
        said = {"name_de": german, "name_en": english, "order": place}
        rows[slug] = Feature.objects.update_or_create(slug=slug, defaults=said)[0]
        if slug in described:
            loading.changes.append(_("Feature: {slug}").format(slug=slug))
    return rows


def give_features(
    thing: Resource, wanted: list[str] | None, features: dict[str, Feature], loading: Loading
) -> None:
    """A file that says nothing of them leaves them as they are."""
    if wanted is None or set(thing.features.values_list("slug", flat=True)) == set(wanted):
        return
    if not loading.may_change(thing, ["features"]):
        return
    thing.features.set([features[slug] for slug in wanted])
    loading.changes.append(_("Changed features of {slug}").format(slug=thing.slug))
