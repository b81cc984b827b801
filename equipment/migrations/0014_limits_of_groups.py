from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('equipment', '0013_approval_steps'),
    ]

    operations = [
        migrations.AddField(
            model_name='houserules',
            name='group_at_once',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='houserules',
            name='group_hours_a_week',
            field=models.PositiveSmallIntegerField(blank=True, null=True),
        ),
    ]
