"""Who may come in, and how: the part of the settings that this room answers for.

labbooking/settings.py takes all of it up; README.md lists what comes from the environment.
"""

from labbooking.environment import count

AUTH_USER_MODEL = "residents.User"
AUTHENTICATION_BACKENDS = ["residents.signin.backend.HouseBackend"]
PASSWORD_HASHERS = ["residents.signin.hashing.FewArgon2", "residents.signin.hashing.FewPBKDF2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("name", "email")},
    },
    {"NAME": "residents.signin.validators.OwnNamePasswords"},
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
LOGIN_REDIRECT_URL = "my_bookings"
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
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": None}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "residents.signin.links.ResetLinks"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 60 * 60
