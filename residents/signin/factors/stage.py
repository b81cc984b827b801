"""The step of signing in that comes after the password."""

from __future__ import annotations

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.stages import LoginStage
from allauth.core.internal.httpkit import headed_redirect_response
from django.http import HttpResponse
from django.utils.crypto import constant_time_compare

from residents.signin.factors.queries import PASSKEY, has_second_factor

_PROOF = "proof"


class SecondFactorStage(LoginStage):  # type: ignore[misc]
    """allauth's own, without loading what passkeys need whenever somebody signs in."""

    key = urlname = "mfa_authenticate"

    def handle(self) -> tuple[HttpResponse | None, bool]:
        person = self.login.user
        if person is None or self._came_by_passkey() or not has_second_factor(person):
            return None, True
        self.state[_PROOF] = person.get_session_auth_hash()
        return headed_redirect_response(self.urlname), True

    def still_holds(self) -> bool:
        """Whoever got as far as this with an old password, or before all access ended, begins
        anew."""
        person = self.login.user
        proof = self.state.get(_PROOF, "")
        return person is not None and constant_time_compare(proof, person.get_session_auth_hash())

    def _came_by_passkey(self) -> bool:
        """Which is two factors in one: the device, and the finger or number that unlocks it."""
        records = get_authentication_records(self.request, self.login.user)
        return any(each.get("type") == PASSKEY and each.get("passwordless") for each in records)
