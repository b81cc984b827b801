"""Researchers are told by the mails of the house: what they were owed was taken over there."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("notifications", "0004_summaries"),
        ("research", "0003_figures_of_the_house"),
    ]

    operations = [migrations.DeleteModel("SummaryMail")]
