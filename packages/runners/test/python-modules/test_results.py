import datetime
import json
import unittest

from st2_runtime.results import NotSerialisable, encode_output, to_message, to_plain


class Own:
    def __json__(self):
        return {"own": 1}


class Results(unittest.TestCase):
    def test_encodes_plain_values_as_they_are(self):
        value = {"a": [1, -1.5, True, None, "ü\u2028"], "t": (1, (2,)), "e": {}}
        self.assertEqual(
            json.loads(encode_output(value, None)), {"result": json.loads(json.dumps(value)), "status": None}
        )

    def test_does_not_copy_what_needs_no_change(self):
        self.assertIn('"ü"'.encode(), encode_output("ü", True))

    def test_knows_what_has_no_form(self):
        for value in ({1: 2}, {None: 1}, b"x", {1}, 2**64, -(2**63) - 1, object(), complex(1), range(3), str):
            with self.subTest(value=repr(value)), self.assertRaises(NotSerialisable):
                to_plain(value)

    def test_takes_integers_of_64_bits(self):
        self.assertEqual(to_plain([2**64 - 1, -(2**63)]), [2**64 - 1, -(2**63)])

    def test_refuses_what_is_nested_too_deeply(self):
        value = []
        for _ in range(300):
            value = [value]
        with self.assertRaises(NotSerialisable):
            to_plain(value)
        self.assertIn(b'"result":"[[', encode_output(value, True))

    def test_asks_objects_that_know_their_form(self):
        self.assertEqual(to_plain([Own()]), [{"own": 1}])

    def test_makes_a_message_of_anything(self):
        given = {1: {b"\xff"}, "d": datetime.date(2020, 1, 2), "n": float("nan"), "o": 2**70, "f": frozenset("a")}
        self.assertEqual(
            to_message(given), {"1": ["\ufffd"], "d": "2020-01-02", "n": None, "o": str(2**70), "f": ["a"]}
        )
        circle = []
        circle.append(circle)
        json.dumps(to_message(circle))
