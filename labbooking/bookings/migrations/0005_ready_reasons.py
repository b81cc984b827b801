from django.db import migrations, models

REASONS = (
    (
        "Die Zeit wird im Haus für etwas anderes gebraucht. Bitte wähle eine andere.",
        "The time is needed for something else in the house. Please choose another.",
    ),
    (
        "Du brauchst zuerst eine Einweisung. Komm zum Empfang, wir finden einen Termin.",
        "You need an induction first. Come by the desk and we will find a time.",
    ),
    (
        "Es wird gerade repariert. Wir schreiben dir, wenn es wieder da ist.",
        "The thing is being repaired. We will write when it is back.",
    ),
)


def add_the_first(apps, schema_editor):
    reasons = apps.get_model("bookings", "ReadyReason")
    reasons.objects.bulk_create(
        reasons(text_de=german, text_en=english) for german, english in REASONS
    )


class Migration(migrations.Migration):
    dependencies = [
        ("bookings", "0004_place_under_a_key"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReadyReason",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text_de", models.CharField(max_length=500)),
                ("text_en", models.CharField(max_length=500)),
            ],
            options={"ordering": ("pk",)},
        ),
        migrations.RunPython(add_the_first, migrations.RunPython.noop),
    ]
