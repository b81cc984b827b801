"""Links lead to pages of the web, and of one its host alone is shown."""

import pytest
from django.core.exceptions import ValidationError

from labbooking.residencies.works.links import cleaned, host_of


@pytest.mark.parametrize(
    ("typed", "kept", "host"),
    [
        ("vimeo.com/123", "https://vimeo.com/123", "vimeo.com"),
        (" https://www.example.org:1/?by=a#x ", "https://www.example.org:1/?by=a#x", "example.org"),
        ("http://EXAMPLE.org", "http://EXAMPLE.org", "example.org"),
        ("https://müller.example/", "https://müller.example/", "müller.example"),
    ],
)
def test_an_address_is_kept_as_it_was_typed(typed, kept, host):
    assert cleaned(typed) == kept
    assert host_of(kept) == host


@pytest.mark.parametrize(
    "typed",
    [
        "", "nowhere", "javascript:alert(1)", "data:text/html,x", "file:///etc/passwd",
        "https://ada:secret@example.org/", "https://ada@example.org", "https://[::1",
        "https://a b/",
        "https://example.org/\nx", "mailto:ada@example.org",
    ],
)  # fmt: skip
def test_anything_else_is_refused(typed):
    with pytest.raises(ValidationError):
        cleaned(typed)
    assert host_of("https://[::1") == ""
