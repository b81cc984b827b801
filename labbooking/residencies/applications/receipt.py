"""What was handed in, as one short word that nobody can make fit anything else."""

from __future__ import annotations

import hashlib
import json

from labbooking.residencies.applications.models import Application
from labbooking.residencies.applications.requirements import parts_handed_in
from labbooking.residencies.applications.rules import said_of


def receipt_of(application: Application) -> str:
    """The SHA-256 of all that counts, keys in order: the same content has the same receipt."""
    told = {
        "call": application.call.slug,
        "code": application.code,
        "terms": application.terms.version if application.terms else None,
        "submitted_at": application.submitted_at,
        **said_of(application),
        "features_needed": [each.slug for each in application.features_needed.all()],
        **parts_handed_in(application),
    }
    written = json.dumps(told, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(written.encode()).hexdigest()
