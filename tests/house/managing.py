"""Kinds and things as staff type them."""

ABOUT_A_TYPE = {
    "name_de": "VR-Brille",
    "name_en": "VR headset",
    "plural_de": "VR-Brillen",
    "plural_en": "VR headsets",
    "kind": "device",
    "drawing": "headset",
    "units": "2",
    "slug": "",
    "like": "ar-headset",
    "description_de": "Zum Eintauchen.",
    "description_en": "To dive in.",
    "features_de": "120 Hz\n\n  kabellos ",
    "features_en": "120 Hz\nwireless",
    "accessories_de": "Ladekabel",
    "accessories_en": "Charging cable",
    "manual_url": "https://daig.example/vr.pdf",
}
ABOUT_A_UNIT = {
    "name_de": "Platz Elf",
    "name_en": "Seat eleven",
    "type": "seat",
    "slug": "",
    "inventory_number": "",
    "capacity": "",
    "plan_x": "",
    "plan_y": "",
    "description_de": "",
    "description_en": "",
    "features_de": "",
    "features_en": "",
    "accessories_de": "",
    "accessories_en": "",
    "manual_url": "",
}
LIST = "/house/manage/"


def of_type(slug):
    return f"{LIST}kinds/{slug}/"


def of_thing(slug):
    return f"{LIST}things/{slug}/"


def typed(browser, address, **other):
    """What the form at an address holds, with some of it typed anew."""
    context = browser.get(address).context
    form = context["form"]
    said = {field.name: field.value() for field in form if field.value() is not None}
    return said | {"based_on": context["based_on"]} | other


# Who may ask for what: as in tests/test_pages_and_roles.py, of which these are rows.
LOGIN = 302
MANAGE_GET = {
    "house/manage/": (LOGIN, 404, 404, 200, 404),
    "house/manage/kinds/": (LOGIN, 404, 404, 200, 404),
    "house/manage/kinds/<slug:slug>/": (LOGIN, 404, 404, 200, 404),
    "house/manage/kinds/<slug:slug>/steps/": (LOGIN, 404, 404, 200, 404),
    "house/manage/kinds/<slug:slug>/more/": (LOGIN, 404, 404, 200, 404),
    "house/manage/kinds/<slug:slug>/retire/": (LOGIN, 404, 404, 200, 404),
    "house/manage/things/<slug:slug>/retire/": (LOGIN, 404, 404, 200, 404),
    "house/manage/kinds/<slug:slug>/asks/": (LOGIN, 404, 404, 200, 404),
    "house/manage/kinds/<slug:slug>/asks/new/": (LOGIN, 404, 404, 200, 404),
    "house/manage/kinds/<slug:slug>/terms/": (LOGIN, 404, 404, 200, 404),
    "house/manage/questions/<slug:key>/": (LOGIN, 404, 404, 200, 404),
    "house/manage/kinds/<slug:slug>/files/": (LOGIN, 404, 404, 200, 404),
    "house/manage/things/<slug:slug>/files/": (LOGIN, 404, 404, 200, 404),
    "house/manage/stickers/": (LOGIN, 404, 404, 200, 404),
    "house/manage/things/<slug:slug>/": (LOGIN, 404, 404, 200, 404),
}
MANAGE_POST = {
    "house/manage/kinds/<slug:slug>/order/": (LOGIN, 404, 404, 400, 404),
    "house/manage/questions/<slug:key>/order/": (LOGIN, 404, 404, 400, 404),
    "house/manage/questions/<slug:key>/remove/": (LOGIN, 404, 404, 302, 404),
    "house/manage/kinds/<slug:slug>/back/": (LOGIN, 404, 404, 302, 404),
    "house/manage/things/<slug:slug>/back/": (LOGIN, 404, 404, 302, 404),
    "house/manage/kinds/<slug:slug>/photos/": (LOGIN, 404, 404, 422, 404),
    "house/manage/things/<slug:slug>/photos/": (LOGIN, 404, 404, 422, 404),
    "house/manage/kinds/<slug:slug>/manuals/": (LOGIN, 404, 404, 422, 404),
    "house/manage/things/<slug:slug>/manuals/": (LOGIN, 404, 404, 422, 404),
    "house/manage/photos/<int:pk>/": (LOGIN, 404, 404, 400, 404),
    "house/manage/manuals/<int:pk>/": (LOGIN, 404, 404, 400, 404),
    "house/manage/things/<slug:slug>/order/": (LOGIN, 404, 404, 400, 404),
}
