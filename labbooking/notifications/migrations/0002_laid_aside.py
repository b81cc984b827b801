"""A message that cannot be sent is laid aside; since when it cannot is known."""

from django.db import migrations, models
from django.db.models import Q

OPEN = Q(sent_at=None, dropped_reason="", laid_aside_at=None)


class Migration(migrations.Migration):
    dependencies = [("notifications", "0001_initial")]

    operations = [
        migrations.AddField(
            "notification", "first_failed_at", models.DateTimeField(null=True, blank=True)
        ),
        migrations.AddField(
            "notification", "refusals", models.PositiveSmallIntegerField(default=0)
        ),
        migrations.AddField(
            "notification",
            "refused_what",
            models.CharField(max_length=16, blank=True),
        ),
        migrations.AddField(
            "notification", "laid_aside_at", models.DateTimeField(null=True, blank=True)
        ),
        migrations.RemoveIndex("notification", "notification_open"),
        migrations.AddIndex(
            "notification",
            models.Index(fields=["due_at"], condition=OPEN, name="notification_open"),
        ),
        migrations.AddIndex(
            "notification",
            models.Index(
                fields=["laid_aside_at"],
                condition=Q(laid_aside_at__isnull=False),
                name="notification_laid_aside",
            ),
        ),
        migrations.AddConstraint(
            "notification",
            models.CheckConstraint(
                condition=Q(laid_aside_at=None) | Q(sent_at=None, dropped_reason=""),
                name="notification_laid_aside_is_open",
            ),
        ),
    ]
