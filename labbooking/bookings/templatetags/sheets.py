"""`{% sheets "everywhere" %}`: the links of style sheets that come together."""

from __future__ import annotations

from django import template
from django.templatetags.static import static
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from labbooking.site.sheets import files

register = template.Library()


@register.simple_tag
def sheets(group: str) -> SafeString:
    link = '<link rel="stylesheet" href="{}">'
    return format_html_join("\n  ", link, ((static(name),) for name in files(group)))
