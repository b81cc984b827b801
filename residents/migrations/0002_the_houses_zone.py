from django.db import migrations, models

import labbooking.when


class Migration(migrations.Migration):
    """Only Python makes defaults: the table stays as it is."""

    dependencies = [
        ('residents', '0001_initial'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='user',
                    name='time_zone',
                    field=models.CharField(
                        default=labbooking.when.lab_zone_name,
                        max_length=64,
                        verbose_name='time zone',
                    ),
                ),
            ],
        ),
    ]
