import time

from st2reactor.sensor.base import Sensor


class SlowWatcher(Sensor):
    def setup(self):
        time.sleep(300)

    def run(self):
        pass

    def cleanup(self):
        print("cleaned up")

    def add_trigger(self, trigger):
        print("added", trigger["ref"])

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
