"""A polling sensor: the platform calls poll() every poll_interval seconds."""

import os

from st2reactor.sensor.base import PollingSensor


class FibonacciSensor(PollingSensor):
    def setup(self):
        self.a, self.b, self.count = 0, 1, 2
        self.logger = self.sensor_service.get_logger(name=self.__class__.__name__)

    def poll(self):
        self.a, self.b = self.b, self.a + self.b
        payload = {"count": self.count, "fibonacci": self.b, "pythonpath": os.environ.get("PYTHONPATH", "")}
        self.logger.debug("fibonacci number %s is %s", self.count, self.b)
        self.sensor_service.dispatch(trigger="examples.fibonacci", payload=payload)
        self.count += 1

    def cleanup(self):
        pass

    def add_trigger(self, trigger):
        pass

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
