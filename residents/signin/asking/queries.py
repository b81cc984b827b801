from __future__ import annotations

from django.db.models import QuerySet

from residents.signin.models import AccountRequest, AskingRule


def rule() -> AskingRule:
    """How the house holds it; as if nobody had said anything where there is no row."""
    return AskingRule.objects.order_by("pk").first() or AskingRule()


def waiting() -> QuerySet[AccountRequest]:
    """Those whose address is confirmed and whom nobody has answered, the oldest first."""
    found = AccountRequest.objects.filter(proved_at__isnull=False, decided_at=None)
    return found.filter(taken_back_at=None).order_by("proved_at", "pk")
