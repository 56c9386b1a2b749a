import signal
import time

from st2reactor.sensor.base import Sensor


class StubbornWatcher(Sensor):
    def setup(self):
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        print("ready", flush=True)

    def run(self):
        time.sleep(300)

    def cleanup(self):
        print("cleaned up")

    def add_trigger(self, trigger):
        print("added", trigger["ref"])

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
