"""What no database holds comes along in a backup, and a lab elsewhere is told what to set."""

from labbooking.operations.backup import secret_values


def test_keys_from_before_and_what_a_university_knows_the_lab_by_come_along(settings, tmp_path):
    """Without them no code of an app opens, and nobody comes in by the university."""
    settings.LAB_DATA, settings.SECRET_KEY_IS_EMBEDDED = tmp_path, False
    settings.SECRET_KEY_FALLBACKS = ["the-key-before", "and-the-one-before-that"]
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_SECRET = "https://uni.example", "between-us"
    kept = secret_values.as_json()
    assert secret_values.put_back(kept) is None

    settings.SECRET_KEY_FALLBACKS = []
    settings.OIDC_ISSUER = settings.OIDC_CLIENT_SECRET = ""
    told = secret_values.put_back(kept).read_text().splitlines()

    assert sorted(told) == [
        "OIDC_CLIENT_SECRET=between-us",
        "OIDC_ISSUER=https://uni.example",
        "SECRET_KEY_FALLBACKS=the-key-before,and-the-one-before-that",
    ]
