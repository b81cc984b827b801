import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('residencies', '0012_season_of_a_call'),
    ]

    operations = [
        migrations.CreateModel(
            name='CallQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('order', models.PositiveSmallIntegerField()),
                ('key', models.SlugField()),
                ('label_de', models.CharField(max_length=200)),
                ('label_en', models.CharField(max_length=200)),
                ('help_de', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(500)])),
                ('help_en', models.TextField(blank=True, validators=[django.core.validators.MaxLengthValidator(500)])),
                ('kind', models.CharField(choices=[('short', 'a line'), ('long', 'a longer text'), ('choice', 'one of a list'), ('choices', 'several of a list'), ('number', 'number'), ('link', 'link'), ('yes_no', 'yes or no')], max_length=7)),
                ('required', models.BooleanField(default=False)),
                ('limit_words', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('options', models.JSONField(blank=True, default=list)),
                ('shown_to', models.CharField(choices=[('staff', 'staff alone'), ('jury', 'staff and the jury')], default='staff', max_length=5)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='residencies.call')),
            ],
            options={
                'ordering': ('order',),
            },
        ),
        migrations.CreateModel(
            name='ApplicationAnswer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('value', models.JSONField()),
                ('application', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='answers_given', to='residencies.application')),
                ('question', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='residencies.callquestion')),
            ],
        ),
        migrations.AddConstraint(
            model_name='callquestion',
            constraint=models.UniqueConstraint(fields=('call', 'order'), name='callquestion_one_place'),
        ),
        migrations.AddConstraint(
            model_name='callquestion',
            constraint=models.UniqueConstraint(fields=('call', 'key'), name='callquestion_one_key'),
        ),
        migrations.AddConstraint(
            model_name='applicationanswer',
            constraint=models.UniqueConstraint(fields=('application', 'question'), name='applicationanswer_one_a_question'),
        ),
    ]
