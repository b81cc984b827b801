"""`{% lab_mail_is_open as is_open %}`: whether the demo's mails may be read, for any page."""

from django import template

from labbooking.notifications import mailbox

register = template.Library()

register.simple_tag(mailbox.is_open, name="lab_mail_is_open")
