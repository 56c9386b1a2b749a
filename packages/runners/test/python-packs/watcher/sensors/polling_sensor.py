import datetime

from st2reactor.sensor.base import PollingSensor


class PollingWatcher(PollingSensor):
    """Polls, remembers where it was, and dispatches, as most sensors of packs do."""

    def __init__(self, sensor_service, config=None, poll_interval=None):
        super(PollingWatcher, self).__init__(sensor_service=sensor_service, config=config, poll_interval=poll_interval)
        self._trigger_ref = "watcher.event"
        self._logger = self._sensor_service.get_logger(__name__)

    def setup(self):
        self._url = self._config["url"]
        self._polls = 0

    def poll(self):
        self._polls += 1
        last = self._sensor_service.get_value("last_id")
        self._logger.info("poll %d, last id %s", self._polls, last)
        payload = {
            "number": self._polls,
            "last": last,
            "url": self._url,
            "at": datetime.datetime(2020, 1, 2),
            "tags": {"a"},
            "raw": b"\xc3\xbc",
            "nan": float("nan"),
        }
        self._sensor_service.dispatch(trigger=self._trigger_ref, payload=payload, trace_tag="poll-%d" % self._polls)
        self._sensor_service.set_value("last_id", self._polls)
        if self._polls == 3:
            raise SystemExit(0)

    def cleanup(self):
        print("cleaned up after %d polls every %s s" % (self._polls, self.get_poll_interval()))

    def add_trigger(self, trigger):
        pass

    def update_trigger(self, trigger):
        pass

    def remove_trigger(self, trigger):
        pass
