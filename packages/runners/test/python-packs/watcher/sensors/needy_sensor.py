from st2reactor.sensor.base import Sensor


class NeedyWatcher(Sensor):
    def __init__(self, sensor_service, config):
        super().__init__(sensor_service, config)
        self.host = config["host"]

    def setup(self):
        pass

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
