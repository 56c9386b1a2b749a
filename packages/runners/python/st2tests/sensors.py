"""Tests of sensors."""
from st2tests.mocks.sensor import MockSensorService, MockSensorWrapper
from st2tests.pack_resource import BasePackResourceTestCase

__all__ = ["BaseSensorTestCase"]


class BaseSensorTestCase(BasePackResourceTestCase):
    #: Set by the test.
    sensor_cls = None

    def setUp(self):
        super().setUp()
        self.sensor_service = MockSensorService(MockSensorWrapper("tests", self.sensor_cls.__name__))

    def get_sensor_instance(self, config=None, poll_interval=None):
        named = {"sensor_service": self.sensor_service}
        if config:
            named["config"] = config
        if poll_interval is not None:
            named["poll_interval"] = poll_interval
        return self.sensor_cls(**named)

    def get_dispatched_triggers(self):
        return self.sensor_service.dispatched_triggers

    def get_last_dispatched_trigger(self):
        return self.sensor_service.dispatched_triggers[-1]

    def assertTriggerDispatched(self, trigger, payload=None, trace_context=None):
        """What is not given is not compared."""
        wanted = {"trigger": trigger}
        if payload:
            wanted["payload"] = payload
        if trace_context:
            wanted["trace_context"] = trace_context
        for item in self.get_dispatched_triggers():
            if all(item[key] == value for key, value in wanted.items()):
                return True
        raise AssertionError('Trigger "%s" hasn\'t been dispatched' % trigger)
