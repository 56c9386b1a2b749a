from st2common.models.api.trace import TraceContext
from st2reactor.sensor.base import PollingSensor


class StormSensor(PollingSensor):
    def setup(self):
        self.logger = self.sensor_service.get_logger(__name__)

    def poll(self):
        self.logger.info("looking")
        seen = int(self.sensor_service.get_value("seen") or 0)
        self.sensor_service.set_value("seen", seen + 1)
        self.sensor_service.dispatch("weather.storm", {"seen": seen}, trace_tag="storm")
        self.sensor_service.dispatch_with_context("weather.calm", trace_context=TraceContext(id_="5"))

    def cleanup(self):
        pass

    def add_trigger(self, trigger):
        pass

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
