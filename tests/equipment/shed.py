"""A small lab in a description file: one kind of thing, closed for once."""

SAW = """
[lab]
name = "A shed"

[[type]]
slug = "saw"
kind = "device"
drawing = "board"
name_de = "Säge"
name_en = "Saw"
[type.rules]
approval = "automatic"
opening = { daily = ["08:00-20:00"], sun = [] }
smallest_minutes = 30
largest_hours = 4
step_minutes = 30
"""
CLOSED = """
[[closure]]
slug = "oiling"
resources = ["saw-1"]
reason_de = "Wird geölt"
reason_en = "Being oiled"
from = {start}
to = {end}
"""
