"""
Ends a forked process as an interpreter ends, without taking the interpreter apart.

Finalisation visits everything that was ever loaded, which the process shares with its parent; that costs more than most
actions. Here only what came after the fork is ended: threads are waited for, exit functions run, and what the pack's
modules hold (open files above all) is let go of.
"""
import atexit
import gc
import io
import os
import sys
import threading


def end_after(job, shared_modules):
    """Runs the job and ends the process with its exit code."""
    code = _run(job)
    _attempt(threading._shutdown)
    _attempt(atexit._run_exitfuncs)
    # The collector closes the parts of a file in any order: what is buffered must be out before.
    _flush([item for item in gc.get_objects() if type(item) in _BUFFERED])
    for name in [name for name in sys.modules if name not in shared_modules]:
        del sys.modules[name]
    gc.collect()
    _flush([sys.stdout, sys.stderr])
    os._exit(code)


_BUFFERED = (io.TextIOWrapper, io.BufferedWriter, io.BufferedRandom)


def _run(job):
    try:
        job()
        return 0
    except SystemExit as end:
        return _exit_code(end.code)
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
        return 1


def _attempt(step):
    try:
        step()
    except BaseException:
        # Python has printed it, and as at the end of any program it changes the exit code no more.
        return


def _exit_code(value):
    if value is None:
        return 0
    if isinstance(value, int):
        return value & 0xFF
    print(value, file=sys.stderr)
    return 1


def _flush(streams):
    for stream in streams:
        try:
            stream.flush()
        except Exception:
            # Closed, only for reading, replaced by something else, or its reader has gone: there is nobody to tell.
            continue
