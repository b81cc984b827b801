"""Addresses to sign in, sign out and change passwords; no other page of allauth is served."""

from allauth.account import views
from django.urls import path, re_path
from django.views.generic import RedirectView

from residents.signin.factors.door import code_again, second_factor
from residents.signin.passkeys.door import passkey_again, sign_in_with_passkey
from residents.signin.recovery.views import recover_page
from residents.signin.university.views import from_university, to_university
from residents.signin.views import change_password, choose_password, sign_in, still_you

urlpatterns = [
    path("login/", sign_in, name="account_login"),
    path("login/code/", second_factor, name="mfa_authenticate"),
    path("login/passkey/", sign_in_with_passkey, name="mfa_login_webauthn"),
    path("login/university/", to_university, name="university_sign_in"),
    path(
        "login/university/<slug:provider_id>/",
        from_university,
        name="openid_connect_callback",
    ),
    path("login/anew/<str:key>/", recover_page, name="recover"),
    path("logout/", views.logout, name="account_logout"),
    path("accounts/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("accounts/reauthenticate/", still_you, name="account_reauthenticate"),
    path("accounts/reauthenticate/code/", code_again, name="mfa_reauthenticate"),
    path("accounts/reauthenticate/passkey/", passkey_again, name="mfa_reauthenticate_webauthn"),
    path("accounts/password/change/", change_password, name="account_change_password"),
    path("accounts/password/reset/", views.password_reset, name="account_reset_password"),
    path(
        "accounts/password/reset/done/",
        views.password_reset_done,
        name="account_reset_password_done",
    ),
    re_path(
        r"^accounts/password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        choose_password,
        name="account_reset_password_from_key",
    ),
    path(
        "accounts/password/reset/key/done/",
        views.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("accounts/inactive/", views.account_inactive, name="account_inactive"),
]
