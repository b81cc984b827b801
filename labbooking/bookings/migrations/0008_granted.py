"""The time staff said yes to is kept when its person moves the booking."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("bookings", "0007_let_go")]

    operations = [
        migrations.AddField(
            model_name="booking",
            name="granted_from",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="booking",
            name="granted_until",
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
