"""`{% lab_mail_is_open as is_open %}`: whether the demo's mails may be read, for any page;
`{% undelivered_mails as count %}`: how many could not be delivered."""

from django import template

from labbooking.notifications import mailbox
from labbooking.notifications.undelivered import how_many

register = template.Library()

register.simple_tag(mailbox.is_open, name="lab_mail_is_open")
register.simple_tag(how_many, name="undelivered_mails")
