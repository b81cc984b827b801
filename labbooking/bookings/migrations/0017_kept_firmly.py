from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('bookings', '0016_who_waits_together'),
    ]

    operations = [
        migrations.AddField(
            model_name='booking',
            name='kept_firmly',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='booking',
            constraint=models.CheckConstraint(condition=models.Q(('kept_firmly', False), models.Q(('is_hold', True), ('state', 'held')), _connector='OR'), name='booking_kept_firmly_is_held'),
        ),
    ]
