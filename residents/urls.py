"""Pages about oneself."""

from django.urls import path

from residents import views
from residents.membership import views as membership
from residents.signin.asking import views as asking
from residents.signin.devices.views import sign_out_there
from residents.signin.factors import views as factors
from residents.signin.passkeys import views as passkeys
from residents.signin.recovery import views as recovery
from residents.signin.university import views as university

urlpatterns = [
    path("invitation/", membership.accept_invitation, name="accept_invitation"),
    path("invitation/passkey/", membership.accept_with_passkey, name="accept_with_passkey"),
    path("invitation/<str:token>/", membership.open_link, name="open_invitation"),
    path("ask/", asking.ask, name="ask_for_account"),
    path("ask/sent/", asking.asked, name="asked_for_account"),
    path("ask/mine/", asking.mine, name="my_account_request"),
    path("ask/confirm/<str:token>/", asking.open_link, name="open_account_request"),
    path("profile/", views.profile, name="profile"),
    path("profile/calendar/renew/", views.renew_calendar, name="renew_calendar"),
    path("profile/access/end/", views.end_my_access, name="end_my_access"),
    path("profile/tokens/", views.make_token, name="make_token"),
    path("profile/tokens/<int:pk>/revoke/", views.revoke_token, name="revoke_token"),
    path("profile/signin/", factors.overview, name="mfa_index"),
    path("profile/signin/app/", factors.app, name="mfa_activate_totp"),
    path("profile/signin/app/remove/", factors.remove_app, name="mfa_deactivate_totp"),
    path("profile/signin/devices/<uuid:key>/end/", sign_out_there, name="sign_out_there"),
    path("profile/signin/passkeys/add/", passkeys.add, name="mfa_add_webauthn"),
    path("profile/signin/passkeys/<int:pk>/", passkeys.rename, name="mfa_edit_webauthn"),
    path("profile/signin/passkeys/<int:pk>/remove/", passkeys.remove, name="mfa_remove_webauthn"),
    path("profile/signin/university/", university.link_university, name="link_university"),
    path(
        "profile/signin/university/<int:pk>/remove/",
        university.unlink_university,
        name="unlink_university",
    ),
    path("recoveries/", recovery.recoveries, name="recoveries"),
    path("recoveries/<int:pk>/agree/", recovery.agree_to_recovery, name="agree_to_recovery"),
    path("recoveries/<int:pk>/drop/", recovery.drop_recovery, name="drop_recovery"),
    path("profile/signin/codes/", factors.codes, name="mfa_generate_recovery_codes"),
]
