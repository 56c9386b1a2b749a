"""A passive sensor: run() decides when it looks, and the triggers of rules say where."""

import os
import threading

from st2reactor.sensor.base import Sensor

# Seconds between looks.
INTERVAL = 1


class InboxSensor(Sensor):
    def setup(self):
        self._logger = self.sensor_service.get_logger(name=self.__class__.__name__)
        self._stopped = threading.Event()
        # Trigger id → its ref, its folder, and the names that were seen there.
        self._inboxes = {}

    def run(self):
        while not self._stopped.wait(INTERVAL):
            for ref, folder, seen in list(self._inboxes.values()):
                for name in sorted(files_in(folder) - seen):
                    seen.add(name)
                    self._dispatch(ref, folder, name)

    def cleanup(self):
        self._stopped.set()

    def add_trigger(self, trigger):
        folder = trigger["parameters"]["folder"]
        self._inboxes[trigger["id"]] = (trigger["ref"], folder, files_in(folder))
        self._logger.info("watching %s", folder)

    def update_trigger(self, trigger):
        self.add_trigger(trigger)

    def remove_trigger(self, trigger):
        self._inboxes.pop(trigger["id"], None)

    def _dispatch(self, ref, folder, name):
        try:
            size = os.path.getsize(os.path.join(folder, name))
        except FileNotFoundError:
            return
        payload = {"folder": folder, "name": name, "size": size}
        self.sensor_service.dispatch(trigger=ref, payload=payload)


def files_in(folder):
    try:
        return {entry.name for entry in os.scandir(folder) if entry.is_file()}
    except FileNotFoundError:
        return set()
