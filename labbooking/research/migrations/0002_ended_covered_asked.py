"""Studies end for good, a yes covers what happens from an instant on, exports are asked for.

A study without its key has ended. Consents of before keep the study's first day, as the page said
to who gave them. Files of before have to be asked for again.
"""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q
from django.utils import timezone


def fill(apps, schema_editor):
    study_model = apps.get_model("research", "Study")
    study_model.objects.filter(key=None).update(is_open=False, ended_at=timezone.now())
    for study in study_model.objects.all():
        starts = max(study.starts, date(1970, 1, 1))
        first = datetime.combine(starts, time(), ZoneInfo(settings.TIME_ZONE))
        study.consents.update(covers_from=first)
    apps.get_model("research", "Export").objects.update(asked_at=F("made_at"))


class Migration(migrations.Migration):
    dependencies = [("research", "0001_initial")]

    operations = [
        migrations.AddField(
            "study", "ended_at", models.DateTimeField(null=True, blank=True)
        ),
        migrations.AddField("consent", "covers_from", models.DateTimeField(null=True)),
        migrations.AddField("export", "asked_at", models.DateTimeField(null=True)),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("consent", "covers_from", models.DateTimeField()),
        migrations.AlterField("export", "asked_at", models.DateTimeField()),
        migrations.AddConstraint(
            "study",
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(is_open=False), name="study_ended_takes_nobody_in"
            ),
        ),
    ]
