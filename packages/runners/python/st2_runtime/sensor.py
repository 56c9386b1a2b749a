"""
Runs one sensor: its class on the main thread, what the sensor host says on a thread beside it.

The host writes `start` with everything the sensor needs, `trigger` for each change of its triggers, and `dispatched` when
what the sensor dispatched is stored. When the pipe closes the server is gone, and the sensor ends with all it started.
"""
import _thread
import atexit
import logging
import os
import queue
import signal
import sys
import time
import traceback

import st2common.log  # noqa: F401  the level AUDIT
from st2reactor.sensor.base import PollingSensor, Sensor

from . import RUNTIME_FOLDER, isolation, proc
from .lines import LineReader, write_line
from .loader import load_class
from .sensor_service import SensorService

#: Seconds that triggers wait for `setup` to end: most handlers need what it makes, and some setups never end.
SETUP_SECONDS = 2

#: Seconds between two looks for triggers where threads are eventlet's.
GREEN_LOOK_SECONDS = 0.1

#: Seconds between SIGTERM and SIGKILL when the server is gone.
ORPHAN_GRACE_SECONDS = 2

#: As they are now: libraries that patch modules (eventlet, gevent) do not reach them.
_start_thread = _thread.start_new_thread
_new_lock = _thread.allocate_lock
_sleep = time.sleep


def serve(control_fd):
    os.set_inheritable(control_fd, False)
    isolation.close_descriptors_but({0, 1, 2, control_fd})
    host = _Host(control_fd)
    spec = host.start()
    if spec is None:
        return
    isolation.set_environment(spec["env"])
    isolation.standard_streams()
    isolation.set_module_path(spec["paths"])
    sys.argv = [os.path.join(RUNTIME_FOLDER, "sensor_wrapper.py")]
    _log_to_stderr(spec["log_level"])
    SensorWrapper(spec, host).run()


class _Host:
    """The sensor host at the other end of the pipe."""

    def __init__(self, fd):
        self._fd = fd
        self._reader = LineReader(fd)
        self._first = []
        self._write_lock = _new_lock()
        self._waiting = {}
        self._errors = {}
        self._next_id = 0
        self.triggers = queue.SimpleQueue()

    def start(self):
        """What to run; None when the host is gone already."""
        while not self._first:
            messages = self._reader.read()
            if messages is None:
                return None
            self._first += messages
        return self._first.pop(0)

    def follow(self):
        _start_thread(self._follow, ())

    def dispatch(self, event):
        """Returns when the event is stored, or was refused and logged."""
        done = _new_lock()
        done.acquire()
        with self._write_lock:
            number = self._next_id
            self._next_id += 1
            self._waiting[number] = done
            write_line(self._fd, {"type": "dispatch", "id": number, **event})
        done.acquire()
        error = self._errors.pop(number, None)
        if error is not None:
            raise RuntimeError("the event could not be stored: %s" % error)

    def _follow(self):
        try:
            for message in self._first:
                self._handle(message)
            while True:
                messages = self._reader.read()
                if messages is None:
                    break
                for message in messages:
                    self._handle(message)
        except Exception:
            traceback.print_exc()
        _end_orphan()

    def _handle(self, message):
        if message["type"] == "trigger":
            self.triggers.put(message)
        elif message["type"] == "dispatched":
            if message.get("error") is not None:
                self._errors[message["id"]] = message["error"]
            self._waiting.pop(message["id"]).release()


class SensorWrapper:
    """What is known about the sensor that runs. Packs reach it as `sensor_service._sensor_wrapper`."""

    def __init__(self, spec, host):
        self._pack = spec["pack"]
        self._file_path = spec["file_path"]
        self._class_name = spec["class_name"]
        self._trigger_types = spec["trigger_types"]
        self._poll_interval = spec["poll_interval"]
        self._config = spec["config"]
        self._trigger_names = {}
        self._host = host
        self._is_set_up = _new_lock()
        self._is_set_up.acquire()
        self._logger = st2common.log.getLogger("SensorWrapper.%s.%s" % (self._pack, self._class_name))
        self._service = SensorService(self, host.dispatch, spec["datastore_token"])

    def run(self):
        self._host.follow()
        self._sensor_instance = self._make()
        atexit.register(self.stop)
        self._start_following()
        self._logger.info("Watcher started")
        self._logger.info("Running sensor initialization code")
        self._sensor_instance.setup()
        self._is_set_up.release()
        if self._poll_interval:
            self._logger.info("Running sensor in active mode (poll interval=%ss)", self._poll_interval)
        else:
            self._logger.info("Running sensor in passive mode")
        try:
            self._sensor_instance.run()
        except Exception as error:
            message = 'Sensor "%s" run method raised an exception: %s.' % (self._class_name, error)
            self._logger.warning(message, exc_info=True)
            sys.exit(message)

    def stop(self):
        self._logger.info("Stopping trigger watcher")
        self._logger.info("Invoking cleanup on sensor")
        self._sensor_instance.cleanup()

    def _make(self):
        try:
            sensor_class = load_class(Sensor, self._file_path, self._class_name)
        except Exception as error:
            traceback.print_exc()
            sys.exit(
                'Failed to load sensor class from file "%s" (sensor file most likely doesn\'t '
                "exist or contains invalid syntax): %s: %s" % (self._file_path, type(error).__name__, error)
            )
        named = {"sensor_service": self._service, "config": self._config}
        if self._poll_interval and issubclass(sensor_class, PollingSensor):
            named["poll_interval"] = self._poll_interval
        self._logger.info("%s for sensor %r", "Found config" if self._config else "No config found", self._class_name)
        try:
            return sensor_class(**named)
        except Exception:
            message = 'Failed to instantiate "%s" sensor class' % self._class_name
            self._logger.exception(message)
            sys.exit(message)

    def _start_following(self):
        patcher = sys.modules.get("eventlet.patcher")
        if patcher is None or not patcher.is_monkey_patched("thread"):
            _start_thread(self._follow_triggers, ())
            return
        # What the sensor shares with its handlers belongs to one thread of the system then, and so must the handlers.
        eventlet = sys.modules["eventlet"]
        eventlet.spawn(self._follow_triggers_greenly, eventlet.sleep)

    def _follow_triggers(self):
        self._is_set_up.acquire(True, SETUP_SECONDS)
        while True:
            self._take(self._host.triggers.get())

    def _follow_triggers_greenly(self, sleep):
        deadline = time.monotonic() + SETUP_SECONDS
        while self._is_set_up.locked() and time.monotonic() < deadline:
            sleep(GREEN_LOOK_SECONDS)
        while True:
            try:
                message = self._host.triggers.get_nowait()
            except queue.Empty:
                sleep(GREEN_LOOK_SECONDS)
                continue
            self._take(message)

    def _take(self, message):
        try:
            self._tell(message["kind"], message["trigger"])
        except Exception:
            self._logger.exception("The sensor could not take the trigger %s", message["trigger"].get("ref"))

    def _tell(self, kind, trigger):
        method = _HANDLERS[kind]
        known = str(trigger["id"])
        if kind == "delete" and self._trigger_names.pop(known, None) is None:
            return
        if kind != "delete":
            self._trigger_names[known] = trigger
        self._logger.debug('Calling sensor "%s" method (trigger.type=%s)', method, trigger["type"])
        getattr(self._sensor_instance, method)(trigger=trigger)


_HANDLERS = {"create": "add_trigger", "update": "update_trigger", "delete": "remove_trigger"}


def _log_to_stderr(level):
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s [-] %(message)s"))
    logging.basicConfig(level=getattr(logging, level, logging.INFO), handlers=[handler])


def _end_orphan():
    """The server is gone: so is everything that this sensor started, and then the sensor."""
    own = os.getpid()
    for number in (signal.SIGTERM, signal.SIGKILL):
        deadline = time.monotonic() + ORPHAN_GRACE_SECONDS
        for pid in proc.members_of_sessions({own}):
            if pid != own:
                _signal(pid, number)
        while time.monotonic() < deadline and proc.members_of_sessions({own}) != [own]:
            _sleep(0.02)
    _signal(own, signal.SIGTERM)
    _sleep(ORPHAN_GRACE_SECONDS)
    _signal(own, signal.SIGKILL)


def _signal(pid, number):
    try:
        os.kill(pid, number)
    except (ProcessLookupError, PermissionError):
        return
