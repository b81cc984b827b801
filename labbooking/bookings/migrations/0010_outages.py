"""The clock remembers its last tick, and when it could not tick."""

from django.db import migrations, models
from django.db.models import F, Q


class Migration(migrations.Migration):
    dependencies = [("bookings", "0009_self_service")]

    operations = [
        migrations.CreateModel(
            "ClockTick",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
            ],
            options={"default_permissions": ()},
        ),
        migrations.CreateModel(
            "Outage",
            [
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("began_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField()),
            ],
            options={
                "default_permissions": ("view",),
                "indexes": [models.Index(fields=["began_at"], name="outage_began")],
                "constraints": [
                    models.CheckConstraint(
                        condition=Q(ended_at__gt=F("began_at")), name="outage_ends_after_start"
                    )
                ],
            },
        ),
    ]
