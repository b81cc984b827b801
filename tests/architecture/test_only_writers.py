"""Bookings, closures and the waiting list are written by actions alone (and what they share).

The syntax tree cannot know what a variable holds. So inside the room of bookings nothing outside
`actions/` and `transaction/` saves, creates or deletes anything at all; in the other rooms nothing
does that names a model of bookings or is read from one.
"""

import ast

import pytest

from tests.architecture.files import code, named

ROOM = "labbooking/bookings/"
WRITERS = (f"{ROOM}actions/", f"{ROOM}transaction/")
MODELS = {
    "Acceptance",
    "Allocation",
    "IntakeAnswer",
    "ApprovalStep",
    "Approver",
    "Booking",
    "BookingStep",
    "BookingGroup",
    "Closure",
    "IdempotencyKey",
    "Membership",
    "Participant",
    "ReadyReason",
    "Series",
    "Waiting",
}
# How rows of these are reached from other rows.
RELATED = {"allocations", "bookings", "closures", "waits", "waited_for", "approvers", "decides_on"}
RELATED |= {"participants", "takes_part", "memberships", "answers", "acceptances"}
WRITING = {
    "save",
    "create",
    "bulk_create",
    "bulk_update",
    "delete",
    "get_or_create",
    "update",
    "update_or_create",
}
CHAINING = {"filter", "exclude", "all", "order_by", "select_for_update", "objects", "distinct"}


def names_in(node):
    for each in ast.walk(node):
        if isinstance(each, ast.Name):
            yield each.id
        elif isinstance(each, ast.Attribute):
            yield each.attr


def bindings(tree):
    """Each name that is bound somewhere, and what it is bound to or annotated with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign):
            yield from ((each, node.value) for each in node.targets)
        elif isinstance(node, ast.For | ast.comprehension):
            yield node.target, node.iter
        elif isinstance(node, ast.arg) and node.annotation is not None:
            yield ast.Name(node.arg), node.annotation


def model_variables(tree):
    """Names bound to what is read from a model of bookings, in any function of the module."""
    return {
        target.id
        for target, value in bindings(tree)
        if isinstance(target, ast.Name) and (MODELS | RELATED) & set(names_in(value))
    }


def writes(source, *, in_the_room):
    """The lines that write, or might write, what belongs to bookings."""
    tree = ast.parse(source)
    known = model_variables(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "labbooking.rows":
            yield node.lineno
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
            continue
        if node.func.attr not in WRITING:
            continue
        receiver = set(names_in(node.func.value))
        of_bookings = bool(receiver & (MODELS | RELATED | known))
        is_a_dict = node.func.attr == "update" and not receiver & CHAINING
        if of_bookings or (in_the_room and not is_a_dict):
            yield node.lineno


def test_only_actions_write_bookings():
    house = [path for path in code() if named(path).startswith(("labbooking/", "residents/"))]
    assert any(named(path).startswith(WRITERS) for path in house)
    found = {
        named(path): lines
        for path in house
        if not named(path).startswith((*WRITERS, "labbooking/journal/"))
        if (lines := list(writes(path.read_text(), in_the_room=named(path).startswith(ROOM))))
    }
    assert not found


@pytest.mark.parametrize(
    "line",
    [
        "Booking.objects.create(person=ada)",
        "Allocation.objects.filter(active=True).update(active=False)",
        "closure.allocations.all().delete()",
        "booking = Booking.objects.get(pk=1)\nbooking.save()",
        "for each in Waiting.objects.all():\n    each.delete()",
        "from labbooking.rows import insert",
        "def end(booking: Booking):\n    booking.save(update_fields=['state'])",
    ],
)
def test_writing_from_elsewhere_is_noticed(line):
    assert list(writes(line, in_the_room=False))


def test_in_the_room_itself_nothing_is_saved_by_any_name():
    assert list(writes("row.save()", in_the_room=True))
    assert list(writes("rows.filter(pk=1).update(state='held')", in_the_room=True))
    assert not list(writes("fields.update(purpose='a talk')", in_the_room=True))
