from st2reactor.sensor.base import Sensor


class UnfinishedWatcher(Sensor):
    def run(self):
        pass
