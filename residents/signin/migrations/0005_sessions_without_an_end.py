from django.db import migrations


def end_them(apps, schema_editor):
    """What was begun before it was noted when knows no end: everybody signs in once more."""
    apps.get_model("sessions", "Session").objects.all().delete()
    apps.get_model("signin", "Device").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [("signin", "0004_recoveries"), ("sessions", "0001_initial")]

    operations = [migrations.RunPython(end_them, migrations.RunPython.noop)]
