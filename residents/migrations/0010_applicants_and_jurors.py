from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('residents', '0009_scoped_tokens'),
    ]

    operations = [
        migrations.AlterField(
            model_name='user',
            name='role',
            field=models.CharField(choices=[('creative', 'creative'), ('staff', 'lab staff'), ('researcher', 'researcher'), ('admin', 'administrator'), ('applicant', 'applicant'), ('juror', 'juror')], default='creative', max_length=16, verbose_name='role'),
        ),
    ]
