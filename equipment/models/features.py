"""What a thing may have that somebody needs, as every house knows it by name."""

WELL_KNOWN = {
    "barrier_free": ("barrierefrei", "barrier-free"),
    "ground_floor": ("im Erdgeschoss", "on the ground floor"),
    "loud_allowed": ("hier darf es laut sein", "loud work allowed"),
    "daylight_north": ("Tageslicht von Norden", "daylight from the north"),
    "second_bed": ("zweites Bett", "second bed"),
}
"""What every house knows by these names, in German and English; a lab's file adds its own."""
