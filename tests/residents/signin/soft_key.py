"""A passkey without a browser: it makes and says what one would, for tests that need no more."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

FLAG = AuthenticatorData.FLAG


class SoftKey:
    """Unlocked, and kept for whom it was made."""

    def __init__(self, origin="https://testserver"):
        self.origin, self.key = origin, ec.generate_private_key(ec.SECP256R1())
        self.id, self.handle = secrets.token_bytes(16), b""

    def made(self, options):
        """What the browser answers to the options of a new one."""
        self.handle = websafe_decode(options["user"]["id"])
        public = ES256.from_cryptography_key(self.key.public_key())
        credential = AttestedCredentialData.create(b"\0" * 16, self.id, public)
        data = self._data(options["rp"]["id"], FLAG.UP | FLAG.UV | FLAG.AT, credential)
        said = self._said("webauthn.create", options)
        attested = AttestationObject.create("none", data, {})
        return self._answer({"clientDataJSON": said, "attestationObject": attested})

    def shown(self, options):
        """What it answers to a question who somebody is."""
        data = self._data(options["rpId"], FLAG.UP | FLAG.UV)
        said = self._said("webauthn.get", options)
        signed = self.key.sign(data + hashlib.sha256(said).digest(), ec.ECDSA(SHA256()))
        told = {"clientDataJSON": said, "authenticatorData": data, "signature": signed}
        return self._answer(told | {"userHandle": self.handle})

    def _data(self, host, flags, credential=b""):
        return AuthenticatorData.create(
            hashlib.sha256(host.encode()).digest(), flags, 0, credential
        )

    def _said(self, kind, options):
        return CollectedClientData.create(kind, options["challenge"], self.origin)

    def _answer(self, response):
        name = websafe_encode(self.id)
        return json.dumps(
            {
                "id": name,
                "rawId": name,
                "type": "public-key",
                "clientExtensionResults": {},
                "response": {key: websafe_encode(value) for key, value in response.items()},
            }
        )
