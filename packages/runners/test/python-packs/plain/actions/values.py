import collections
import datetime
import decimal
import uuid

from lib.kinds import Colour, Host, Opaque, Point, circle, generate

from st2common.runners.base_action import Action


class ValuesAction(Action):
    """Returns what the kind names: everything that an action can return."""

    def run(self, kind):
        return {
            "true_pair": lambda: (True, {"a": 1}),
            "false_pair": lambda: (False, "reason"),
            "none_pair": lambda: (None, [1, 2]),
            "triple": lambda: (1, 2, 3),
            "list_pair": lambda: ["x", "y"],
            "bad_status": lambda: ("x", "y"),
            "false": lambda: False,
            "none": lambda: None,
            "text": lambda: "ünïcödé ✓ 🎉 \x00 \u2028",
            "numbers": lambda: [1, -1.5, 2**53 - 1, 1e300],
            "nan": lambda: {"nan": float("nan"), "inf": [float("inf"), -float("inf")]},
            "dates": lambda: {
                "datetime": datetime.datetime(2020, 1, 2, 3, 4, 5, 6),
                "aware": datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc),
                "date": datetime.date(2020, 1, 2),
                "uuid": uuid.UUID(int=1),
            },
            "typed": lambda: {"colour": Colour.RED, "host": Host("a"), "ordered": collections.OrderedDict(z=1)},
            "tuples": lambda: {"t": (1, (2,))},
            "bytes": lambda: b"raw",
            "bytes_with_status": lambda: (True, {"b": b"raw"}),
            "set_failed": lambda: (False, {1}),
            "integer_keys": lambda: {1: "one"},
            "integer_keys_with_status": lambda: (True, {1: "one"}),
            "decimal": lambda: decimal.Decimal("1.5"),
            "huge_integer": lambda: 2**64,
            "namedtuple": lambda: (True, [Point(1, 2)]),
            "opaque": lambda: Opaque(),
            "opaque_with_status": lambda: (True, Opaque()),
            "generator_with_status": lambda: (True, generate()),
            "circle_with_status": lambda: (True, circle()),
            "surrogate_with_status": lambda: (True, "a\udc80b"),
            "multiline": lambda: {"text": "a\nb", "b": b""},
        }[kind]()
