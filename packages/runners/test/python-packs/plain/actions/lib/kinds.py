import collections
import enum
from dataclasses import dataclass

Point = collections.namedtuple("Point", "x y")


class Colour(enum.Enum):
    RED = "red"


@dataclass
class Host:
    name: "str"
    _secret: str = "hidden"


class Opaque:
    def __str__(self):
        return "an opaque thing"

    def __repr__(self):
        return "<opaque>"


def circle():
    circle = []
    circle.append(circle)
    return circle


def generate():
    yield 1


