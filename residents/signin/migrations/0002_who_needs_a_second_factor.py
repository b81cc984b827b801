from django.db import migrations

DAYS = {"creative": None, "staff": 14, "researcher": 14, "admin": 14}


def ask_of_them(apps, schema_editor):
    rules = apps.get_model("signin", "SecondFactorRule")
    rules.objects.bulk_create([rules(role=role, grace_days=days) for role, days in DAYS.items()])


class Migration(migrations.Migration):
    dependencies = [("signin", "0001_second_factors_and_devices")]

    operations = [migrations.RunPython(ask_of_them, migrations.RunPython.noop)]
