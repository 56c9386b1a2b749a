"""The warm parent of Python actions: forks one process for each. Started by the runner host, never by hand."""
import sys

if sys.version_info < (3, 8):
    sys.exit("Python 3.8 or newer is needed, this is %s" % sys.version.split()[0])

from st2_runtime import fork_server

if __name__ == "__main__":
    job = fork_server.serve(control_fd=3)
    # Only a forked child comes here with a job: it has the stack of the server behind it, and the job ends it.
    if job is not None:
        job()
