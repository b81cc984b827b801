"""The pages of the door and who may ask for them: part of the table in test_pages_and_roles.py."""

EVERYBODY = (200, 200, 200, 200, 200)
LOGIN = 302

GET = {
    "profile/signin/": (LOGIN, 200, 200, 200, 200),
    "profile/signin/app/": (LOGIN, 302, 302, 302, 302),  # asks for the password first
    "profile/signin/app/remove/": (LOGIN, 302, 302, 302, 302),
    "profile/signin/passkeys/add/": (LOGIN, 302, 302, 302, 302),
    "profile/signin/passkeys/<int:pk>/": (LOGIN, 302, 302, 302, 302),
    "profile/signin/passkeys/<int:pk>/remove/": (LOGIN, 302, 302, 302, 302),
    "profile/signin/university/": (LOGIN, 302, 302, 302, 302),
    "profile/signin/university/<int:pk>/remove/": (LOGIN, 302, 302, 302, 302),
    "recoveries/": (LOGIN, 404, 404, 200, 404),
    "profile/signin/codes/": (LOGIN, 302, 302, 302, 302),
    "ask/": (200, 302, 302, 302, 302),
    "ask/sent/": EVERYBODY,
    "ask/mine/": (404,) * 5,  # behind a link alone
    "ask/confirm/<str:token>/": (404,) * 5,
    "login/": (200, 302, 302, 302, 302),
    "accounts/login/": (302, 302, 302, 302, 302),
    "login/code/": (302, 302, 302, 302, 302),  # after the password alone
    "login/anew/<str:key>/": EVERYBODY,
    "login/passkey/": (302, 302, 302, 302, 302),  # for the page's script
    "login/university/<slug:provider_id>/": (404,) * 5,  # where none is set up
    "logout/": (302, 200, 200, 200, 200),
    "accounts/reauthenticate/": (LOGIN, 200, 200, 200, 200),
    "accounts/reauthenticate/code/": (LOGIN, 302, 302, 302, 302),  # for who has one
    "accounts/reauthenticate/passkey/": (LOGIN, 302, 302, 302, 302),
    "accounts/password/change/": (LOGIN, 200, 200, 200, 200),
    "accounts/password/reset/": EVERYBODY,
    "accounts/password/reset/done/": EVERYBODY,
    "^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": EVERYBODY,
    "accounts/password/reset/key/done/": EVERYBODY,
    "accounts/inactive/": EVERYBODY,
}
POST = {
    "recoveries/<int:pk>/agree/": (LOGIN, 404, 404, 302, 404),  # asks for the password first
    "recoveries/<int:pk>/drop/": (LOGIN, 404, 404, 404, 404),
    "profile/signin/devices/<uuid:key>/end/": (LOGIN, 404, 404, 404, 404),
    "login/university/": (404,) * 5,  # where none is set up
}
