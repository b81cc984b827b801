"""What the accounts themselves, and Django and allauth beside them, hold about a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from residents.privacy.registry import Erasure, Holding

HELD = (
    Holding(
        "residents.Induction",
        "person",
        Erasure.DELETED,
        _("Inductions"),
        ("topic", "given_at", "valid_until", "withdrawn_at"),
    ),
    Holding("residents.Induction", "given_by", Erasure.KEPT),
    Holding(
        "residents.ApiToken",
        "person",
        Erasure.DELETED,
        _("API tokens"),
        ("name", "scope", "created_at", "expires_at", "last_used_at", "revoked_at"),
    ),
    Holding(
        "residents.WrongTries",
        "person",
        Erasure.DELETED,
        _("Wrong tries to sign in"),
        ("tries", "first_at", "last_at"),
    ),
    Holding(
        "residents.Invitation",
        "person",
        Erasure.DELETED,
        _("The invitation"),
        ("email", "name", "role", "language", "made_at", "accepted_at", "stays_until"),
    ),
    Holding("residents.Invitation", "invited_by", Erasure.KEPT),
    Holding(
        "signin.AccountRequest",
        "invitation__person",
        Erasure.DELETED,
        _("How you asked for an account"),
        ("email", "name", "language", "words", "asked_at", "proved_at", "decided_at"),
    ),
    Holding("signin.AccountRequest", "decided_by", Erasure.KEPT),
    Holding("residents.User_groups", "user", Erasure.DELETED),
    Holding("residents.User_user_permissions", "user", Erasure.DELETED),
    Holding("account.EmailAddress", "user", Erasure.DELETED, _("E-mail addresses"), ("email",)),
    Holding(
        "mfa.Authenticator",
        "user",
        Erasure.DELETED,
        _("Second factors and passkeys"),
        ("type", "created_at", "last_used_at"),
    ),
    Holding(
        "socialaccount.SocialAccount",
        "user",
        Erasure.DELETED,
        _("Account at a university"),
        ("provider", "uid", "date_joined", "last_login"),
    ),
    Holding(
        "signin.Device",
        "person",
        Erasure.DELETED,
        _("Devices you are signed in on"),
        ("browser", "began_at", "seen_at"),
    ),
    Holding(
        "signin.FormerAddress",
        "person",
        Erasure.DELETED,
        _("Your former e-mail address"),
        ("email", "left_at"),
    ),
    Holding(
        "signin.SecondFactorAsked",
        "person",
        Erasure.DELETED,
        _("Asked for a second factor"),
        ("since",),
    ),
    Holding(
        "signin.Recovery",
        "person",
        Erasure.DELETED,
        _("Let back in"),
        ("reason", "asked_at", "agreed_at", "used_at"),
    ),
    Holding("signin.Recovery", "asked_by", Erasure.KEPT),
    Holding("signin.Recovery", "agreed_by", Erasure.KEPT),
    Holding("admin.LogEntry", "user", Erasure.KEPT),
)
