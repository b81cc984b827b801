"""Seasons to plan: tiny ones that brute force decides, and one of the size of a real one."""

from random import Random

from labbooking.residencies.seasons.plan.instance import Discipline, Instance, Studio, Wish


def a_wish(code, points=10, place=1, **more):
    return Wish(
        **{
            "code": code, "points": points, "place": place, "earliest": 0, "latest": 8,
            "weeks_min": 2, "weeks_wished": 4, "weeks_max": 4, "arrival_wished": 0,
            "studios": ("S1",), **more,
        }
    )  # fmt: skip


def a_season(*wishes, **more):
    return Instance(
        **{
            "weeks": 8, "arrivals": (0, 2, 4, 6), "wishes": wishes, "studios": (Studio("S1"),),
            "headsets": (2,) * 8, "aim": "points", **more,
        }
    )  # fmt: skip


def tiny(seed, aim="points", people=6, studios=2, weeks=8):
    """Full of everything: pairs, headsets, closed weeks, limits and a floor."""
    chance = Random(seed)
    names = [f"S{number}" for number in range(1, studios + 1)]
    wishes, order = [], list(range(1, people + 1))
    chance.shuffle(order)
    for number in range(people):
        shortest = chance.randint(1, 4)
        earliest = chance.randint(0, weeks - shortest)
        wishes.append(
            a_wish(
                f"W{number}", chance.randint(1, 60), order[number], earliest=earliest,
                latest=chance.randint(earliest + shortest, weeks), weeks_min=shortest,
                weeks_wished=shortest + 1, weeks_max=shortest + 2, arrival_wished=earliest,
                studios=tuple(names if chance.random() < 0.6 else [chance.choice(names)]),
                headsets=chance.choice((0, 0, 1, 2)), discipline=chance.choice("ab"),
                partner={0: "W1", 1: "W0"}.get(number, "") if seed % 3 == 0 else "",
            )
        )  # fmt: skip
    closed = tuple(chance.sample(range(weeks), chance.randint(0, 2)))
    return a_season(
        *wishes,
        weeks=weeks,
        arrivals=tuple(range(0, weeks, 1 + seed % 2)),
        studios=(Studio("S1", closed), *map(Studio, names[1:])),
        headsets=(2,) * weeks,
        disciplines=(Discipline("a", at_once_max=1), Discipline("b", floor=seed % 4 // 3)),
        cushion=int(seed % 5 == 0),
        lot=str(seed),
        aim=aim,
    )
