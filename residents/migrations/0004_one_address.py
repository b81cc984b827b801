"""A person's address stands in their own row alone; allauth's second list of them is emptied."""

from django.db import migrations


def empty(apps, schema_editor):
    apps.get_model("account", "EmailAddress").objects.all().delete()


class Migration(migrations.Migration):
    dependencies = [
        ("residents", "0003_wrong_tries"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]
    operations = [migrations.RunPython(empty, migrations.RunPython.noop, elidable=True)]
