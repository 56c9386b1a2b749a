"""Says hello once a minute; how often it did is kept in the datastore."""

import threading

from st2reactor.sensor.base import Sensor

# Seconds between greetings.
INTERVAL = 60


class HelloSensor(Sensor):
    def setup(self):
        self._logger = self.sensor_service.get_logger(__name__)
        self._stopped = threading.Event()

    def run(self):
        while not self._stopped.is_set():
            count = int(self.sensor_service.get_value("hello_st2.count") or 0) + 1
            self._logger.info("Saying hello for the %s. time", count)
            self.sensor_service.dispatch(trigger="hello_st2.event1", payload={"greeting": "Yo, st2!", "count": count})
            self.sensor_service.set_value("hello_st2.count", str(count))
            self._stopped.wait(INTERVAL)

    def cleanup(self):
        self._stopped.set()

    def add_trigger(self, trigger):
        pass

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
