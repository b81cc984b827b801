"""Who may come in, and how: the part of the settings that this room answers for.

labbooking/settings.py takes all of it up; README.md lists what comes from the environment.
"""

import hashlib
import os
from urllib.parse import urlsplit

from labbooking.environment import address, count, stop

AUTH_USER_MODEL = "residents.User"
AUTHENTICATION_BACKENDS = ["residents.signin.backend.HouseBackend"]
PASSWORD_HASHERS = ["residents.signin.hashing.FewArgon2", "residents.signin.hashing.FewPBKDF2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "residents.signin.validators.OwnNamePasswords",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "residents.signin.validators.CommonPasswords"},
]
# How many proxies in front add to X-Forwarded-For: without it, one visitor who guesses passwords
# would slow down everybody behind the same proxy.
ALLAUTH_TRUSTED_PROXY_COUNT = count("TRUSTED_PROXIES", default=0)
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "today"
LOGOUT_REDIRECT_URL = "front"
ACCOUNT_ADAPTER = "residents.accounts.HouseAccounts"
ACCOUNT_FORMS = {
    "login": "residents.account_forms.LoginForm",
    "reset_password": "residents.account_forms.ResetPasswordForm",
    "reset_password_from_key": "residents.account_forms.NewPasswordForm",
    "change_password": "residents.account_forms.ChangePasswordForm",
    "reauthenticate": "residents.account_forms.StillYouForm",
    "user_token": "residents.account_forms.LinkForm",
}
# What one network may do; wrong tries are counted by residents/signin/tries.py, which slows down
# who guesses and nobody else.
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": None, "reauthenticate": None}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "residents.signin.links.ResetLinks"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 60 * 60
# How often one network may ask for an account.
ASKING_RATE = "10/h"
# How often one network may ask for links to apply; an address has a limit of its own.
APPLYING_RATE = "30/h"
MFA_ADAPTER = "residents.signin.factors.adapter.HouseFactors"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # as signing in by password
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses come from the house

OIDC_ISSUER = address("OIDC_ISSUER", {"https", "http"}).rstrip("/")
OIDC_NAME = os.environ.get("OIDC_NAME", "").strip() or "OpenID Connect"
OIDC_CLIENT_ID = os.environ.get("OIDC_CLIENT_ID", "").strip()
OIDC_CLIENT_SECRET = os.environ.get("OIDC_CLIENT_SECRET", "")
if OIDC_ISSUER and not OIDC_CLIENT_ID:
    stop("OIDC_ISSUER needs OIDC_CLIENT_ID, by which the university knows this lab.")
# Where the form that leads there may end; a path would not hold for what it leads on to.
OIDC_ORIGIN = urlsplit(OIDC_ISSUER)._replace(path="").geturl()
# Links hold for this issuer: with another one, its subjects are other people.
OIDC_PROVIDER = "oidc-" + hashlib.sha256(OIDC_ISSUER.encode()).hexdigest()[:16]
SOCIALACCOUNT_ADAPTER = "residents.signin.university.adapter.HouseUniversity"
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": OIDC_PROVIDER,
                "name": OIDC_NAME,
                "client_id": OIDC_CLIENT_ID,
                "secret": OIDC_CLIENT_SECRET,
                "settings": {"server_url": OIDC_ISSUER},
            }
        ],
    }
}
