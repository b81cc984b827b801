"""Summaries that researchers are still owed go out like all other mails, under the same Message-ID."""

from email.utils import parseaddr

from django.conf import settings
from django.db import migrations


def take_over(apps, schema_editor):
    mails = apps.get_model("research", "SummaryMail").objects.filter(mailed_at=None)
    rows = (_row(apps, mail) for mail in mails.select_related("summary__study"))
    Notification = apps.get_model("notifications", "Notification")
    Notification.objects.bulk_create([row for row in rows if row], ignore_conflicts=True)


def _row(apps, mail):
    entry = (
        apps.get_model("journal", "Entry")
        .objects.filter(
            kind="summary.made",
            data__week_start=mail.summary.week_start.isoformat(),
            objects_touched__type="study",
            objects_touched__key=mail.summary.study.slug,
        )
        .first()
    )
    return entry and apps.get_model("notifications", "Notification")(
        entry=entry,
        recipient_id=mail.recipient_id,
        template="summary",
        due_at=entry.at,
        message_id=_message_id(mail),
    )


def _message_id(mail):
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    made_at = f"{mail.summary.made_at:%Y%m%d%H%M%S}"
    return f"<summary-{mail.summary_id}-{mail.recipient_id}-{made_at}@{domain}>"


class Migration(migrations.Migration):
    dependencies = [
        ("journal", "0001_initial"),
        ("notifications", "0003_no_words_of_mail_servers"),
        ("research", "0003_figures_of_the_house"),
    ]

    operations = [migrations.RunPython(take_over, migrations.RunPython.noop)]
