"""What was let go from a bundle says so itself; until now it was marked as its own whole."""

from django.db import migrations, models
from django.db.models import F, Q
from django.db.models.functions import Coalesce


def say_when(apps, schema_editor):
    """The parts of a whole that was let go went with it."""
    allocations = apps.get_model("bookings", "Allocation").objects
    marked = allocations.filter(whole=F("resource"))
    when = Coalesce("booking__decided_at", "booking__requested_at")
    known = marked.annotate(when=when).values_list("booking", "resource", "when")
    for booking, resource, let_go_at in list(known):
        allocations.filter(booking=booking, whole=resource).update(let_go_at=let_go_at)
    marked.update(whole=None)
    settle(schema_editor)


def mark_again(apps, schema_editor):
    allocations = apps.get_model("bookings", "Allocation").objects
    allocations.filter(whole=None, let_go_at__isnull=False).update(whole=F("resource"))
    settle(schema_editor)


def settle(schema_editor):
    """PostgreSQL alters no table on which references are still to be checked."""
    schema_editor.connection.check_constraints()


class Migration(migrations.Migration):
    dependencies = [("bookings", "0006_state_words")]

    operations = [
        migrations.AddField(
            model_name="allocation",
            name="let_go_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.RunPython(say_when, mark_again),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=Q(("let_go_at", None), ("active", False), _connector="OR"),
                name="allocation_let_go_is_free",
            ),
        ),
        migrations.AddConstraint(
            model_name="allocation",
            constraint=models.CheckConstraint(
                condition=Q(
                    ("whole", None), Q(("whole", F("resource")), _negated=True), _connector="OR"
                ),
                name="allocation_of_another_whole",
            ),
        ),
    ]
