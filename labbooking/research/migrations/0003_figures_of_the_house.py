"""One summary of the house a week, and people counted on Mondays. What was told before is marked."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("research", "0002_ended_covered_asked")]

    operations = [
        migrations.AddField("study", "house_figures", models.BooleanField(default=False)),
        migrations.AddField(
            "study", "people_counted", models.PositiveIntegerField(null=True, blank=True)
        ),
        migrations.AddField("study", "counted_on", models.DateField(null=True, blank=True)),
        migrations.AddField(
            "usagesummary",
            "made_under",
            models.PositiveSmallIntegerField(default=1),
        ),
        migrations.AlterField(
            "usagesummary",
            "made_under",
            models.PositiveSmallIntegerField(default=2),
        ),
        migrations.AddConstraint(
            "study",
            models.UniqueConstraint(
                fields=["house_figures"],
                condition=Q(house_figures=True),
                name="study_one_of_the_house",
            ),
        ),
    ]
