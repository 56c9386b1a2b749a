import os
import queue
import subprocess

import eventlet

from st2common.models.api.trace import TraceContext
from st2reactor.sensor.base import Sensor

eventlet.monkey_patch()


class PassiveWatcher(Sensor):
    """Answers each change of its triggers with an event; its work is on another thread."""

    def setup(self):
        self._changes = queue.Queue()
        self._child = subprocess.Popen(["sleep", "300"])
        self._escaped = subprocess.Popen(["sleep", "300"], start_new_session=True)
        print("pids", os.getpid(), self._child.pid, self._escaped.pid, flush=True)

    def run(self):
        eventlet.spawn(self._work)
        while True:
            eventlet.sleep(0.05)

    def _work(self):
        while True:
            what, trigger = self._changes.get()
            self.sensor_service.dispatch_with_context(
                {"type": trigger["type"], "parameters": trigger["parameters"]},
                {"what": what, "ref": trigger["ref"], "keys": sorted(trigger)},
                trace_context=TraceContext(id_="5ba", trace_tag=what),
            )

    def cleanup(self):
        pass

    def add_trigger(self, trigger):
        if trigger["parameters"].get("broken"):
            raise ValueError("cannot watch this")
        self._changes.put(("added", trigger))

    def update_trigger(self, trigger):
        self._changes.put(("updated", trigger))

    def remove_trigger(self, trigger):
        self._changes.put(("removed", trigger))
