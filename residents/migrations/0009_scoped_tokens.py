from django.db import migrations, models


def as_far_as_the_role(apps, schema_editor):
    """Those made before go on as they were: each reaches as far as the role of its person does. A
    creative's books, that of anybody else does all that their role may do."""
    Token = apps.get_model("residents", "ApiToken")
    Token.objects.filter(person__role="creative").update(scope="book")
    Token.objects.exclude(person__role="creative").update(scope="staff")


class Migration(migrations.Migration):

    dependencies = [
        ('residents', '0008_erasure'),
    ]

    operations = [
        migrations.AddField(
            model_name='apitoken',
            name='scope',
            field=models.CharField(
                choices=[
                    ('read', 'Read'),
                    ('book', 'Book'),
                    ('staff', 'Everything my role may do'),
                ],
                default='read',
                max_length=8,
                verbose_name='scope',
            ),
        ),
        migrations.RunPython(as_far_as_the_role, migrations.RunPython.noop),
    ]
