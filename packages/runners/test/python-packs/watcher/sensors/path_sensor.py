import json
import os
import sys

from st2reactor.sensor.base import Sensor


class PathWatcher(Sensor):
    def setup(self):
        pass

    def run(self):
        print(json.dumps({"path": sys.path, "env": dict(os.environ), "argv": sys.argv}))

    def cleanup(self):
        print("cleaned up")

    def add_trigger(self, trigger):
        print("added", trigger["ref"])

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
