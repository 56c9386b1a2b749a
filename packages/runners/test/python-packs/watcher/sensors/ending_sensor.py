from st2reactor.sensor.base import Sensor


class EndingWatcher(Sensor):
    def setup(self):
        pass

    def run(self):
        return None

    def cleanup(self):
        print("cleaned up")

    def add_trigger(self, trigger):
        print("added", trigger["ref"])

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
