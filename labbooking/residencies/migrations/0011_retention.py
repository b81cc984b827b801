import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("residencies", "0010_anchors"),
    ]

    operations = [
        migrations.AddField(
            model_name='application',
            name='going_told',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='call',
            name='keep_accepted_days',
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.AddField(
            model_name='call',
            name='keep_declined_days',
            field=models.PositiveSmallIntegerField(default=180),
        ),
        migrations.AddField(
            model_name='call',
            name='keep_drafts_days',
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.AddField(
            model_name='call',
            name='keep_reviews_days',
            field=models.PositiveSmallIntegerField(default=365),
        ),
        migrations.AddField(
            model_name='call',
            name='keep_withdrawn_days',
            field=models.PositiveSmallIntegerField(default=30),
        ),
        migrations.AddField(
            model_name='stayterms',
            name='keep_days',
            field=models.PositiveSmallIntegerField(default=180),
        ),
        migrations.AddConstraint(
            model_name='call',
            constraint=models.CheckConstraint(condition=models.Q(('keep_accepted_days__gte', 14), ('keep_declined_days__gte', 14), ('keep_drafts_days__gte', 14), ('keep_reviews_days__gte', 14), ('keep_withdrawn_days__gte', 14), ('keep_accepted_days__lte', 1095), ('keep_declined_days__lte', 1095), ('keep_drafts_days__lte', 1095), ('keep_reviews_days__lte', 1095), ('keep_withdrawn_days__lte', 1095)), name='call_keeps_for_days'),
        ),
        migrations.CreateModel(
            name='ApplicationCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('discipline', models.SmallIntegerField(default=-1)),
                ('state', models.CharField(choices=[('draft', 'draft'), ('submitted', 'submitted'), ('eligible', 'admitted to the jury'), ('ineligible', 'not admitted'), ('ranked', 'ranked'), ('chosen', 'chosen'), ('reserve', 'on the reserve list'), ('offered', 'offered a stay'), ('accepted', 'accepted'), ('declined', 'declined'), ('refused', 'offer turned down'), ('lapsed', 'offer lapsed'), ('called_back', 'offer called back'), ('withdrawn', 'withdrawn')], max_length=12)),
                ('month', models.DateField()),
                ('count', models.PositiveIntegerField(default=0)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='counts', to='residencies.call')),
            ],
            options={
                'ordering': ('month', 'state', 'discipline'),
                'constraints': [models.UniqueConstraint(fields=('call', 'discipline', 'state', 'month'), name='applicationcount_once')],
            },
        ),
        migrations.CreateModel(
            name='GradeCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('grade', models.PositiveSmallIntegerField()),
                ('count', models.PositiveIntegerField(default=0)),
                ('criterion', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grade_counts', to='residencies.criterion')),
            ],
            options={
                'ordering': ('criterion', 'grade'),
                'constraints': [models.UniqueConstraint(fields=('criterion', 'grade'), name='gradecount_once'), models.CheckConstraint(condition=models.Q(('grade__gte', 1), ('grade__lte', 5)), name='gradecount_grade')],
            },
        ),
    ]
