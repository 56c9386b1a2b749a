"""One Python action in a fresh interpreter. Started by the runner host, never by hand."""
import sys

if sys.version_info < (3, 8):
    sys.exit("Python 3.8 or newer is needed, this is %s" % sys.version.split()[0])

from st2_runtime import action

if __name__ == "__main__":
    action.serve_fresh(request_fd=3, result_fd=4)
