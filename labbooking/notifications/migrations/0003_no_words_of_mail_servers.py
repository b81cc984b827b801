"""What mail servers said used to be kept word by word, and often repeats the address."""

from django.db import migrations


def forget(apps, schema_editor):
    apps.get_model("notifications", "Notification").objects.exclude(last_error="").update(
        last_error=""
    )


class Migration(migrations.Migration):
    dependencies = [("notifications", "0002_laid_aside")]

    operations = [migrations.RunPython(forget, migrations.RunPython.noop, elidable=True)]
