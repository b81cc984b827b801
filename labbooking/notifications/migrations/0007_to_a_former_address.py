import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('notifications', '0006_to_who_asks'),
        ('signin', '0007_former_addresses'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='notification',
            name='notification_to_one',
        ),
        migrations.AddField(
            model_name='notification',
            name='former',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to='signin.formeraddress'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(fields=('entry', 'former', 'channel'), name='notification_once_to_former'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('asked', None), ('former', None), ('invitation', None), ('recipient__isnull', False)), models.Q(('asked', None), ('former', None), ('invitation__isnull', False), ('recipient', None)), models.Q(('asked__isnull', False), ('former', None), ('invitation', None), ('recipient', None)), models.Q(('asked', None), ('former__isnull', False), ('invitation', None), ('recipient', None)), _connector='OR'), name='notification_to_one'),
        ),
    ]
