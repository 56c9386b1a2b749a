"""Commands of the system."""
import os
import shlex
import subprocess

__all__ = ["kill_process", "quote_unix", "quote_windows", "run_command"]


def run_command(
    cmd,
    stdin=None,
    stdout=subprocess.PIPE,
    stderr=subprocess.PIPE,
    shell=False,
    cwd=None,
    env=None,
    close_fds=None,
    preexec_fn=None,
):
    """Waits for the command; answers exit code, stdout and stderr, both as bytes."""
    if not isinstance(cmd, (str, list, tuple)):
        raise TypeError("Command must be a str or a list, got %s" % type(cmd).__name__)
    process = subprocess.Popen(
        args=cmd,
        stdin=stdin,
        stdout=stdout,
        stderr=stderr,
        shell=shell,
        cwd=cwd,
        env=os.environ.copy() if env is None else env,
        close_fds=True if close_fds is None else close_fds,
        preexec_fn=preexec_fn,
    )
    out, err = process.communicate()
    return process.returncode, out, err


def kill_process(process):
    """Kills the process and its group."""
    try:
        os.killpg(process.pid, 9)
    except ProcessLookupError:
        return
    process.wait()


def quote_unix(value):
    """One word for a shell; a text that needs no quotes keeps its form."""
    return shlex.quote(value)


def quote_windows(value):
    return subprocess.list2cmdline([value])
