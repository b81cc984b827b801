from django.db import migrations, models


def ask_nothing_of_them(apps, schema_editor):
    rules = apps.get_model("signin", "SecondFactorRule")
    for role in ("applicant", "juror"):
        rules.objects.get_or_create(role=role)


class Migration(migrations.Migration):

    dependencies = [
        ('signin', '0007_former_addresses'),
    ]

    operations = [
        migrations.AlterField(
            model_name='secondfactorrule',
            name='role',
            field=models.CharField(choices=[('creative', 'creative'), ('staff', 'lab staff'), ('researcher', 'researcher'), ('admin', 'administrator'), ('applicant', 'applicant'), ('juror', 'juror')], max_length=16, unique=True, verbose_name='role'),
        ),
        migrations.RunPython(ask_nothing_of_them, migrations.RunPython.noop),
    ]
