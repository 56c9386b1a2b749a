"""The classes that sensors derive from."""
import abc
import time

__all__ = ["PollingSensor", "Sensor"]


class BaseSensor(metaclass=abc.ABCMeta):
    def __init__(self, sensor_service, config=None):
        self.sensor_service = sensor_service
        self.config = config or {}
        # The names of old: many sensors use them.
        self._sensor_service = self.sensor_service
        self._config = self.config

    @abc.abstractmethod
    def setup(self):
        """Called once, before `run`."""

    @abc.abstractmethod
    def run(self):
        """The sensor's work; the sensor ends when it returns."""

    @abc.abstractmethod
    def cleanup(self):
        """Called when the process ends by itself."""

    @abc.abstractmethod
    def add_trigger(self, trigger):
        """A trigger of the sensor's types is there."""

    @abc.abstractmethod
    def update_trigger(self, trigger):
        """It has changed."""

    @abc.abstractmethod
    def remove_trigger(self, trigger):
        """It is gone."""


class Sensor(BaseSensor):
    """Waits for what happens elsewhere."""


class PollingSensor(BaseSensor):
    """Asks every `poll_interval` seconds."""

    def __init__(self, sensor_service, config=None, poll_interval=5):
        super().__init__(sensor_service=sensor_service, config=config)
        self._poll_interval = poll_interval

    @abc.abstractmethod
    def poll(self):
        """Called again and again."""

    def run(self):
        while True:
            self.poll()
            time.sleep(self._poll_interval)

    def get_poll_interval(self):
        return self._poll_interval

    def set_poll_interval(self, poll_interval):
        self._poll_interval = poll_interval
