"""Passkeys: a device or key that signs in by itself, unlocked by a finger, a face or a number."""
