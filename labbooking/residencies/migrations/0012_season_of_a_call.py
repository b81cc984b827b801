import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('residencies', '0011_retention'),
    ]

    operations = [
        # What is out by now has told people to arrive in any week; the next call begins with two.
        migrations.AddField(
            model_name='call',
            name='arrival_every_weeks',
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            model_name='call',
            name='arrival_every_weeks',
            field=models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddField(
            model_name='call',
            name='cushion_days',
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name='call',
            name='disciplines_at_once_max',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddField(
            model_name='call',
            name='disciplines_floor',
            field=models.JSONField(blank=True, default=list),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('arrival_every_weeks__gte', 1), ('arrival_every_weeks__lte', 13), ('cushion_days__lte', 28)), name='call_arrivals'),
        ),
        migrations.RemoveField(
            model_name='seasonplan',
            name='every',
        ),
        migrations.CreateModel(
            name='ChosenAim',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('aim', models.CharField(choices=[('order', 'The jury’s order: nobody is displaced by people ranked below'), ('points', 'As many points as possible'), ('weeks', 'As many points times weeks as possible')], max_length=6)),
                ('chosen_at', models.DateTimeField()),
                ('call', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='chosen_aim', to='residencies.call')),
            ],
        ),
    ]
