"""The pages about people and who may ask for them: part of the table in test_pages_and_roles.py."""

LOGIN = 302

GET = {
    "people/": (LOGIN, 200, 200, 200, 404),
    "people/house/": (LOGIN, 200, 200, 200, 404),
    "people/<int:pk>/": (LOGIN, 404, 404, 200, 404),
    "people/<int:pk>/join/": (LOGIN, 404, 404, 200, 404),
    "people/<int:pk>/erase/": (LOGIN, 404, 404, 200, 404),
    "people/<int:pk>/end/": (LOGIN, 404, 404, 200, 404),
    "people/groups/": (LOGIN, 200, 200, 200, 404),
    "people/requests/": (LOGIN, 404, 404, 200, 404),
    "people/invitations/": (LOGIN, 404, 404, 200, 404),
    "people/invitations/paste/": (LOGIN, 404, 404, 200, 404),
    "invitation/": (404, 404, 404, 404, 404),
    "invitation/passkey/": (404, 404, 404, 404, 404),
    "invitation/<str:token>/": (302, 302, 302, 302, 302),
    "profile/data/": (LOGIN, 200, 200, 200, 200),
    "profile/data.json": (LOGIN, 302, 302, 302, 302),  # asks who it is first
    "profile/leave/": (LOGIN, 200, 200, 200, 200),
}
POST = {
    "people/requests/<int:pk>/grant/": (LOGIN, 404, 404, 302, 404),
    "people/requests/<int:pk>/decline/": (LOGIN, 404, 404, 302, 404),
    "people/<int:pk>/role/": (LOGIN, 404, 404, 302, 404),
    "people/<int:pk>/stay/": (LOGIN, 404, 404, 302, 404),
    "people/groups/<int:pk>/add/": (LOGIN, 404, 404, 302, 404),
    "people/groups/<int:pk>/remove/<int:member>/": (LOGIN, 404, 404, 302, 404),
    "people/groups/<int:pk>/dissolve/": (LOGIN, 404, 404, 302, 404),
    "people/invitations/<int:pk>/again/": (LOGIN, 404, 404, 302, 404),
    "people/invitations/<int:pk>/take-back/": (LOGIN, 404, 404, 302, 404),
    "profile/erasure/": (LOGIN, 302, 302, 302, 302),
}
