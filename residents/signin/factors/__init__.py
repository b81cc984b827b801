"""The second factor: a code of an app, a recovery code or a passkey beside the password."""
