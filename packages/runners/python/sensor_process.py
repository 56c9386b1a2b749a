"""One sensor. Started by the sensor host, never by hand."""
import sys

if sys.version_info < (3, 8):
    sys.exit("Python 3.8 or newer is needed, this is %s" % sys.version.split()[0])

from st2_runtime import sensor

if __name__ == "__main__":
    sensor.serve(control_fd=3)
