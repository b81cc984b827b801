from django.db import migrations, models

import labbooking.when


class Migration(migrations.Migration):
    """Only Python makes defaults: the table stays as it is."""

    dependencies = [
        ('equipment', '0002_house_texts'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    model_name='resource',
                    name='time_zone',
                    field=models.CharField(default=labbooking.when.lab_zone_name, max_length=64),
                ),
            ],
        ),
    ]
