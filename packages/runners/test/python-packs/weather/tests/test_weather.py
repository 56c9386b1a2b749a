"""Written as packs write their tests."""
import importlib.util
import json
import unittest
from unittest import mock

from get_forecast import GetForecastAction
from storm_sensor import StormSensor

from st2tests.base import BaseActionAliasTestCase, BaseActionTestCase, BaseSensorTestCase


class GetForecastActionTestCase(BaseActionTestCase):
    action_cls = GetForecastAction

    def test_answers_and_counts(self):
        action = self.get_action_instance({"base_url": "http://host"})
        forecast = json.loads(self.get_fixture_content("forecast.json"))
        with mock.patch.object(action, "_get", return_value=forecast):
            self.assertEqual(action.run("Oslo", "metric")[1]["seen"], None)
            self.assertEqual(action.run("Oslo", "metric"), (True, {"city": "Oslo", "temperature": "-3°C", "seen": 1}))
        self.assertEqual(self.action_service.get_value("seen"), 2)

    def test_needs_its_configuration(self):
        self.assertRaises(ValueError, self.get_action_instance, {})


class StormSensorTestCase(BaseSensorTestCase):
    sensor_cls = StormSensor

    def test_dispatches(self):
        sensor = self.get_sensor_instance(config={"a": 1}, poll_interval=7)
        self.assertEqual(sensor.get_poll_interval(), 7)
        sensor.setup()
        sensor.poll()
        sensor.poll()
        self.assertTriggerDispatched(trigger="weather.storm", payload={"seen": 1})
        self.assertEqual(self.get_last_dispatched_trigger()["trigger"], "weather.calm")
        self.assertEqual(len(self.get_dispatched_triggers()), 4)
        with self.assertRaises(AssertionError):
            self.assertTriggerDispatched(trigger="weather.storm", payload={"seen": 9})
        sensor.logger.info.assert_called_with("looking")


@unittest.skipIf(importlib.util.find_spec("yaml") is None, "aliases are read with PyYAML")
class ForecastAliasTestCase(BaseActionAliasTestCase):
    action_alias_name = "forecast"

    def test_matches(self):
        formats = self.action_alias_db.get_format_strings()
        self.assertEqual(len(formats), 3)
        self.assertCommandMatchesExactlyOneFormatString(formats, "weather Oslo")
        self.assertExtractedParametersMatch(formats[0], "forecast for Oslo in imperial", {"city": "Oslo", "units": "imperial"})
        with self.assertRaises(AssertionError):
            self.assertCommandMatchesExactlyOneFormatString(formats, "storm over Oslo")
