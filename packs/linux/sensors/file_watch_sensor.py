"""Follows the files that rules name."""

import os
import threading

from st2reactor.sensor.base import Sensor

# Seconds between looks.
INTERVAL = 0.5


class FileWatchSensor(Sensor):
    def setup(self):
        self._logger = self.sensor_service.get_logger(__name__)
        self._followed = {}
        self._lock = threading.Lock()
        self._stopped = threading.Event()

    def run(self):
        while not self._stopped.wait(INTERVAL):
            with self._lock:
                followed = list(self._followed.values())
            for tail in followed:
                for line in tail.new_lines():
                    self._dispatch(tail, line)

    def cleanup(self):
        self._stopped.set()

    def add_trigger(self, trigger):
        path = trigger["parameters"].get("file_path")
        if not path:
            self._logger.error('Trigger "%s" names no "file_path"; nothing is followed for it', trigger["ref"])
            return
        with self._lock:
            self._followed[trigger["id"]] = Tail(path, trigger["ref"])
        self._logger.info('Following file "%s"', path)

    def update_trigger(self, trigger):
        self.add_trigger(trigger)

    def remove_trigger(self, trigger):
        with self._lock:
            self._followed.pop(trigger["id"], None)

    def _dispatch(self, tail, line):
        payload = {"file_path": tail.path, "file_name": os.path.basename(tail.path), "line": line}
        self.sensor_service.dispatch(trigger=tail.trigger, payload=payload)


class Tail:
    """The end of a file. A file that is replaced or cut is read from its beginning; one that is not there yet is waited for."""

    def __init__(self, path, trigger):
        self.path = path
        self.trigger = trigger
        self._rest = b""
        status = self._status()
        self._inode = None if status is None else status.st_ino
        self._position = 0 if status is None else status.st_size

    def new_lines(self):
        status = self._status()
        if status is None:
            return []
        if status.st_ino != self._inode or status.st_size < self._position:
            self._inode, self._position, self._rest = status.st_ino, 0, b""
        if status.st_size == self._position:
            return []
        with open(self.path, "rb") as file:
            file.seek(self._position)
            added = file.read()
        self._position += len(added)
        *lines, self._rest = (self._rest + added).split(b"\n")
        return [line.decode("utf-8", "replace").strip() for line in lines]

    def _status(self):
        try:
            return os.stat(self.path)
        except OSError:
            return None
