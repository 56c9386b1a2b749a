"""Runs one action: reads the request, builds the class, sends back what `run` returned."""
import os
import sys
import traceback

import st2common.log  # noqa: F401  the level AUDIT
from st2common.runners.base_action import Action
from st2common.runners.utils import get_action_class_instance, note_config_path

from . import RUNTIME_FOLDER, isolation
from .action_service import ActionService
from .frames import read_frame, write_frame
from .loader import load_action_class
from .results import encode_output

#: Exit code of an action whose status is neither True nor False.
INVALID_STATUS_EXIT_CODE = 220

INVALID_STATUS_ERROR_MESSAGE = """
If this is an existing action which returns a tuple with two items, it needs to be updated to
either:

1. Return a list instead of a tuple
2. Return a tuple where a first items is a status flag - (True, ('item1', 'item2'))

For more information, please see: https://docs.stackstorm.com/upgrade_notes.html#st2-v1-6
""".strip()


def serve_forked(request_fd, result_fd, marker):
    request = read_frame(request_fd)
    if request is None:
        # The host needs no further process.
        os._exit(0)
    os.close(request_fd)
    marker.write(request["env"].get("ST2_RUNNER_SESSION", ""))
    isolation.reseed()
    isolation.set_environment(request["env"])
    _serve(request, result_fd)


def serve_fresh(request_fd, result_fd):
    isolation.close_descriptors_but({0, 1, 2, request_fd, result_fd})
    os.set_inheritable(request_fd, False)
    os.set_inheritable(result_fd, False)
    request = read_frame(request_fd)
    os.close(request_fd)
    if request is not None:
        # A wrapper around Python (pyenv's) may have changed what the process was started with.
        isolation.set_environment(request["env"])
        _serve(request, result_fd)


def _serve(request, result_fd):
    isolation.standard_streams()
    isolation.set_module_path(request["paths"])
    sys.argv = [os.path.join(RUNTIME_FOLDER, "python_action_wrapper.py")]
    try:
        output = ActionWrapper(request).run()
    except Exception as error:
        _report(error)
        sys.exit(1)
    limit = request["max_result_size"]
    if len(output) > limit:
        sys.exit(
            "The result of the action has %d bytes, more than the limit actionrunner.max_result_size of %d"
            % (len(output), limit)
        )
    write_frame(result_fd, output)
    os.close(result_fd)


class ActionWrapper:
    """What is known about the action that runs. Packs reach it as `action_service._action_wrapper`."""

    def __init__(self, request):
        self._pack = request["pack"]
        self._file_path = request["file_path"]
        self._config = request["config"]
        self._parameters = request["parameters"]
        self._user = request["user"]
        self._log_level = request["log_level"]
        self._class_name = None
        note_config_path(request["config_path"])

    def run(self):
        """The encoded output; ends the process when the status is none."""
        output = self._instance().run(**self._parameters)
        status, result = output if isinstance(output, tuple) and len(output) == 2 else (None, output)
        if status is not None and not isinstance(status, bool):
            sys.stderr.write(
                "Status returned from the action run() method must either be True or False, got: %s\n" % (status,)
            )
            sys.stderr.write(INVALID_STATUS_ERROR_MESSAGE)
            sys.exit(INVALID_STATUS_EXIT_CODE)
        return encode_output(result, status)

    def _instance(self):
        try:
            action_class = load_action_class(Action, self._file_path)
        except Exception as error:
            message = (
                'Failed to load action class from file "%s" (action file most likely doesn\'t '
                "exist or contains invalid syntax): %s\n\n%s" % (self._file_path, error, _formatted(error))
            )
            raise _same_kind(error, message) from None
        self._class_name = action_class.__name__
        return get_action_class_instance(action_class, config=self._config, action_service=ActionService(self))


def _same_kind(error, message):
    """An error of the same class: packs' tests and people look at it. Classes that take more than a text are left."""
    try:
        return type(error)(message)
    except Exception:
        return Exception(message)


def _report(error):
    """As an uncaught exception is reported, without the frames that belong to the platform."""
    shown = error.with_traceback(_without_own_frames(error.__traceback__))
    sys.excepthook(type(shown), shown, shown.__traceback__)


def _formatted(error):
    return "".join(traceback.format_exception(type(error), error, _without_own_frames(error.__traceback__)))


def _without_own_frames(trace):
    own = os.path.join(RUNTIME_FOLDER, "st2_runtime") + os.sep
    frame = trace
    while frame is not None and _is_own(frame.tb_frame.f_code.co_filename, own):
        frame = frame.tb_next
    return trace if frame is None else frame


def _is_own(file_name, own):
    return file_name.startswith(own) or file_name.startswith("<frozen importlib")
