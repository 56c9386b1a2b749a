"""The modules that packs import."""
import datetime
import logging
import os
import sys
import unittest
from http.client import HTTPConnection
from importlib import import_module
from unittest import mock

import eventlet
import six
from eventlet import event, patcher, queue
from six.moves import range as six_range
from six.moves.urllib.parse import quote

from st2common import log
from st2common.constants.pack import PACK_VERSION_SEPARATOR, SYSTEM_PACK_NAMES
from st2common.content import utils as content
from st2common.exceptions.action import InvalidActionParameterException
from st2common.models.utils.action_alias_utils import extract_parameters
from st2common.runners.utils import PackConfigDict, get_logger_for_python_runner_action
from st2common.util import isotime, jsonify, shell
from st2common.util.api import get_base_public_api_url, get_full_public_api_url
from st2common.util.monkey_patch import monkey_patch

UTC = datetime.timezone.utc


class Dates(unittest.TestCase):
    def test_format(self):
        moment = datetime.datetime(2020, 1, 2, 3, 4, 5, 6, UTC)
        self.assertEqual(isotime.format(moment), "2020-01-02T03:04:05.000006+00:00")
        self.assertEqual(isotime.format(moment, usec=False, offset=False), "2020-01-02T03:04:05Z")
        self.assertEqual(isotime.format(moment.replace(tzinfo=None)), "2020-01-02T03:04:05.000006+00:00")
        self.assertEqual(isotime.format("2020-01-02T03:04:05Z", usec=False), "2020-01-02T03:04:05+00:00")
        self.assertEqual(isotime.format(0, usec=False), "1970-01-01T00:00:00+00:00")
        west = datetime.timezone(datetime.timedelta(hours=-5))
        self.assertEqual(isotime.format(moment.replace(tzinfo=west), usec=False), "2020-01-02T03:04:05-05:00")

    def test_validate(self):
        for text in ("2020-01-02T03:04:05Z", "2020-01-02 03:04:05.123456+00:00", "2020-01-02T03:04:05+00"):
            self.assertTrue(isotime.validate(text))
        for text in ("2020-01-02", "2020-01-02T03:04:05", "2020-01-02T03:04:05+01:00", 5):
            self.assertFalse(isotime.validate(text, raise_exception=False))
            with self.assertRaises(ValueError):
                isotime.validate(text)

    def test_parse(self):
        self.assertEqual(isotime.parse("2020-01-02T03:04:05.123Z"), datetime.datetime(2020, 1, 2, 3, 4, 5, 123000, UTC))
        late = isotime.parse("2020-01-02T03:04:05+02:00", validate_value=False)
        self.assertEqual(late, datetime.datetime(2020, 1, 2, 1, 4, 5, tzinfo=UTC))
        kept = isotime.parse("2020-01-02T03:04:05+02:00", preserve_original_tz=True, validate_value=False)
        self.assertEqual(kept.hour, 3)


class Helpers(unittest.TestCase):
    def test_loggers_are_named_under_st2(self):
        self.assertEqual(log.getLogger("a.b").name, "st2.a.b")
        self.assertEqual(log.getLogger("st2.a").name, "st2.a")
        with self.assertLogs("st2.audited", level=logging.DEBUG) as seen:
            log.getLogger("audited").audit("who: %s", "ann")
        self.assertEqual((seen.records[0].levelname, seen.records[0].levelno), ("AUDIT", 60))
        self.assertEqual(seen.records[0].getMessage(), "who: ann")

    def test_an_unknown_level_is_debug(self):
        self.assertEqual(get_logger_for_python_runner_action("X1", "nonsense").level, logging.DEBUG)
        self.assertEqual(get_logger_for_python_runner_action("X2", "audit").level, 60)

    def test_a_missing_configuration_key_is_explained(self):
        config = PackConfigDict("aws", {"a": 1})
        self.assertEqual((config["a"], config.get("b"), "b" in config), (1, None, False))
        with self.assertRaisesRegex(ValueError, 'Config for pack "aws" is missing key "b"'):
            config["b"]

    def test_shell(self):
        self.assertEqual(shell.run_command(["sh", "-c", "echo out; echo err >&2; exit 3"]), (3, b"out\n", b"err\n"))
        self.assertEqual(shell.run_command("echo $A", shell=True, env={"A": "1"})[1], b"1\n")
        self.assertEqual(shell.quote_unix("a b"), "'a b'")

    def test_jsonify(self):
        self.assertEqual(jsonify.json_loads({"a": "[1]", "b": "x"}), {"a": [1], "b": "x"})
        self.assertEqual(jsonify.try_loads("nope"), "nope")
        self.assertEqual(jsonify.get_json_type_for_python_value(True), "boolean")

    def test_addresses(self):
        with mock.patch.dict(os.environ, {"ST2_ACTION_API_URL": "https://host/api/v1/"}):
            self.assertEqual(get_full_public_api_url(), "https://host/api/v1")
            self.assertEqual(get_base_public_api_url(), "https://host/api")

    def test_folders_of_packs(self):
        with mock.patch.dict(os.environ, {content.PATHS_VARIABLE: "/nowhere:%s" % os.path.dirname(__file__)}):
            self.assertEqual(content.get_pack_base_path("absent"), "/nowhere/absent")
            self.assertEqual(content.get_system_packs_base_path(), "/nowhere")
            self.assertEqual(content.get_pack_file_abs_path("absent", "a/b.py"), "/nowhere/absent/a/b.py")
            for path in ("../b", "/b", "a//b", "./b"):
                with self.assertRaisesRegex(ValueError, "Invalid file path"):
                    content.get_pack_file_abs_path("absent", path)

    def test_names(self):
        self.assertEqual(PACK_VERSION_SEPARATOR, "=")
        self.assertIn("core", SYSTEM_PACK_NAMES)
        self.assertTrue(issubclass(InvalidActionParameterException, Exception))
        self.assertIsNone(monkey_patch())


class Commands(unittest.TestCase):
    """@source services.md 6.2"""

    def test_extracts(self):
        for format_string, command, expected in (
            ("do {{a}} {{b}}", "do one two three", {"a": "one", "b": "two three"}),
            ("do {{ a }} {{ b = five }}", "do one", {"a": "one", "b": "five"}),
            ("do {{a}} to {{b}}", 'do "one two" to three', {"a": "one two", "b": "three"}),
            ("do {{a}}", "do one x=1 y='a b'", {"a": "one", "x": "1", "y": "a b"}),
            (r"(?:run|do) {{a}}", "run it", {"a": "it"}),
            ("show {{ what = 'every thing' }}", "show", {"what": "every thing"}),
        ):
            with self.subTest(format_string=format_string, command=command):
                self.assertEqual(extract_parameters(format_string, command), expected)

    def test_refuses(self):
        with self.assertRaisesRegex(ValueError, 'Command "no" doesn\'t match format string "do {{a}}"'):
            extract_parameters("do {{a}}", "no")


class Fallbacks(unittest.TestCase):
    """Of libraries that packs use without asking for them."""

    def test_six(self):
        @six.add_metaclass(type)
        class Made(six.with_metaclass(type, object)):
            pass

        self.assertEqual(list(six.iteritems({"a": 1})), [("a", 1)])
        self.assertEqual(six.ensure_text(b"a"), "a")
        self.assertEqual((list(six_range(2)), quote("a b"), Made.__name__), ([0, 1], "a%20b", "Made"))
        with self.assertRaises(KeyError):
            six.reraise(KeyError, KeyError("x"))

    def test_eventlet(self):
        self.assertEqual(eventlet.spawn(lambda a, b=0: a + b, 1, b=2).wait(), 3)
        with self.assertRaises(ValueError):
            eventlet.spawn(int, "x").wait()
        self.assertEqual(list(eventlet.GreenPool(2).imap(pow, [2, 3], [2, 2])), [4, 9])
        pile = eventlet.GreenPile(2)
        for number in (1, 2, 3):
            pile.spawn(str, number)
        self.assertEqual(list(pile), ["1", "2", "3"])
        told = event.Event()
        eventlet.spawn_after(0.01, told.send, "now")
        self.assertEqual(told.wait(), "now")
        waiting = queue.Queue()
        eventlet.spawn_n(waiting.put, 5)
        self.assertEqual(waiting.get(timeout=5), 5)
        with self.assertRaises(eventlet.Timeout):
            with eventlet.Timeout(0.001):
                eventlet.sleep(0.01)

    def test_eventlet_patched_modules(self):
        filled = {}
        patcher.inject("http.client", filled, ("socket", patcher.original("socket")))
        self.assertIs(filled["HTTPConnection"], HTTPConnection)
        for module, member in (("asyncore", "dispatcher"), ("asynchat", "async_chat")):
            there = sys.version_info < (3, 12)
            self.assertEqual(_has("eventlet.green." + module, member), there)


def _has(module, member):
    try:
        return hasattr(import_module(module), member)
    except ModuleNotFoundError:
        return False


if __name__ == "__main__":
    unittest.main()
