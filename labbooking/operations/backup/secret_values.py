"""What a lab cannot be had back without, and what no database holds."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from labbooking.environment import written_privately

KEPT = (
    *("SECRET_KEY", "SECRET_KEY_FALLBACKS"),
    *("EMAIL_URL", "FROM_EMAIL", "PUBLIC_URL", "TIME_ZONE"),
    *("OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME"),
)


def as_json() -> bytes:
    values = {name: _written(getattr(settings, name, "") or "") for name in KEPT}
    return json.dumps(values | {"FROM_EMAIL": settings.DEFAULT_FROM_EMAIL}).encode()


def _written(value: str | list[str]) -> str:
    """As the environment has it."""
    return ",".join(value) if isinstance(value, list) else str(value)


def put_back(text: bytes) -> Path | None:
    """The embedded lab takes its key at once; else the file that says what to set, if anything."""
    values: dict[str, str] = json.loads(text)
    if settings.SECRET_KEY_IS_EMBEDDED:
        written_privately(settings.LAB_DATA / "secret_key", values.pop("SECRET_KEY"))
    here = json.loads(as_json())
    differing = {name: value for name, value in values.items() if value != here[name]}
    if not differing:
        return None
    path: Path = settings.LAB_DATA / "restored.env"
    lines = [f"{name}={value}" for name, value in differing.items()]
    return written_privately(path, "\n".join(lines) + "\n")
