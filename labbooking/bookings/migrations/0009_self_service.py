"""The field has the name that such systems use."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("bookings", "0008_granted")]

    operations = [
        migrations.RenameField(
            model_name="booking", old_name="helps_oneself", new_name="self_service"
        ),
    ]
