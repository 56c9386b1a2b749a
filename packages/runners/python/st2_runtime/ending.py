"""
Ends a forked process as an interpreter ends, without taking the interpreter apart.

Finalisation visits everything that was ever loaded, which the process shares with its parent; that costs more than most
actions. Here only what came after the fork is ended: threads are waited for, exit functions run, and what the pack's
modules hold (open files above all) is let go of.
"""
import atexit
import gc
import os
import sys
import threading


def end_after(job, shared_modules):
    """Runs the job and ends the process with its exit code."""
    code = _run(job)
    code = _run(threading._shutdown, code)
    code = _run(atexit._run_exitfuncs, code)
    _flush()
    for name in [name for name in sys.modules if name not in shared_modules]:
        del sys.modules[name]
    gc.collect()
    _flush()
    os._exit(code)


def _run(job, code=0):
    try:
        job()
        return code
    except SystemExit as end:
        return _exit_code(end.code)
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)
        return 1


def _exit_code(value):
    if value is None:
        return 0
    if isinstance(value, int):
        return value & 0xFF
    print(value, file=sys.stderr)
    return 1


def _flush():
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:
            # Closed, replaced by something else, or its reader has gone: there is nobody to tell.
            continue
