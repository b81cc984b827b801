from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('inductions', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='inductionslot',
            name='giver_missed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
