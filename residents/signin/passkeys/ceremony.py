"""What a browser and the house say to each other about a passkey (WebAuthn). The challenge is kept
in the session meanwhile, and each is answered once."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from allauth.account.utils import url_str_to_user_pk
from allauth.core import context
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from residents.membership.models import Invitation
from residents.models import User

Credential = dict[str, Any]
INVITED = "invitation:"
"""Before the number of an invitation; the number of an account is written without a colon."""
LONGEST_NUMBER = 18


def _webauthn() -> ModuleType:
    from allauth.mfa.webauthn.internal import auth  # noqa: PLC0415 - ten megabytes, rarely used

    module: ModuleType = auth
    return module


def not_right() -> ValidationError:
    words = _("The passkey was not accepted. Please try again, or sign in in another way.")
    return ValidationError(words, code="not_right")


def creation_options(person: User) -> dict[str, Any]:
    """One that the device keeps and that wants to be unlocked, so that it is enough by itself."""
    return _plain(_webauthn().begin_registration(person, True))


def options_for_invited(invitation: Invitation) -> dict[str, Any]:
    """As `creation_options`, for somebody whose account comes into being with it: the device knows
    them by their invitation, which leads to the account from then on."""
    from fido2 import webauthn as said  # noqa: PLC0415 - as above

    webauthn = _webauthn()
    whom = said.PublicKeyCredentialUserEntity(
        id=f"{INVITED}{invitation.pk}".encode(),
        name=invitation.email,
        display_name=invitation.name or invitation.email,
    )
    options, state = webauthn.get_server().register_begin(
        user=whom,
        credentials=[],
        resident_key_requirement=said.ResidentKeyRequirement.REQUIRED,
        user_verification=said.UserVerificationRequirement.REQUIRED,
        extensions=webauthn.EXTENSIONS,
    )
    webauthn.set_state(state)
    return _plain(dict(options))


def request_options(person: User | None = None) -> dict[str, Any]:
    return _plain(_webauthn().begin_authentication(person))


def accept_new(credential: Credential) -> None:
    """Raises a `ValidationError` that says why it is none for here."""
    webauthn = _webauthn()
    try:
        said = webauthn.parse_registration_response(credential)
        _refuse_another_host(said)
        binding = webauthn.complete_registration(credential)
    except (ValueError, TypeError, KeyError, AttributeError):
        raise not_right() from None
    if not binding.is_user_verified():
        raise not_right()


def whose(credential: Credential) -> User:
    """The person that a passkey says it belongs to; whether that is so is still to be shown."""
    from fido2.utils import websafe_decode  # noqa: PLC0415 - as above

    try:
        handle = websafe_decode(credential["response"]["userHandle"]).decode()
        person = _known_as(handle)
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, ValidationError):
        person = None
    if person is None:
        raise not_known()
    return person


def _known_as(handle: str) -> User | None:
    if not handle.startswith(INVITED):
        return User.objects.filter(pk=url_str_to_user_pk(handle)).first()
    number = handle.removeprefix(INVITED)
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        raise ValueError(handle)
    return User.objects.filter(invitation__pk=int(number)).first()


def not_known() -> ValidationError:
    words = _("This passkey is not known here, or no longer. Please sign in in another way.")
    return ValidationError(words, code="not_known")


def accept(person: User, credential: Credential) -> Authenticator:
    """The passkey of this person that has just shown itself; raises a `ValidationError`."""
    webauthn = _webauthn()
    try:
        said = webauthn.parse_authentication_response(credential)
        _refuse_another_host(said)
        held = {each.credential_id for each in webauthn.get_credentials(person)}
        if said.raw_id not in held:
            raise not_known()
        found: Authenticator = webauthn.complete_authentication(person, credential)
    except ValidationError as error:
        raise error if error.code in {"not_known", "another_host"} else not_right() from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise not_right() from None
    return found


def _refuse_another_host(said: Any) -> None:
    origin = str(said.response.client_data.origin)
    here = f"{context.request.scheme}://{context.request.get_host()}"
    if origin != here:
        words = _("This passkey was used at {there}, but you are at {here}. Open {here} anew.")
        raise ValidationError(words.format(there=origin, here=here), code="another_host")


def _plain(options: Any) -> dict[str, Any]:
    """What stands inside `publicKey`, as the page's script hands it to the browser."""
    found = options["publicKey"]
    return dict(found)
