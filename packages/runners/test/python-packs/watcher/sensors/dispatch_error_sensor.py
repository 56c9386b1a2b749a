from st2reactor.sensor.base import Sensor


class ErrorWatcher(Sensor):
    def setup(self):
        pass

    def run(self):
        try:
            self.sensor_service.dispatch("watcher.event", {})
        except RuntimeError as error:
            print("refused:", error)

    def cleanup(self):
        print("cleaned up")

    def add_trigger(self, trigger):
        print("added", trigger["ref"])

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
