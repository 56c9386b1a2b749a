#!/usr/bin/env python3
"""Acts on a service with whatever the host has for that: service.py ACTION SERVICE"""

import os
import shutil
import subprocess
import sys


def command(act, service):
    if os.path.isdir("/run/systemd/system") and shutil.which("systemctl"):
        return ["systemctl", act, service]
    if shutil.which("service"):
        return ["service", service, act]
    return [os.path.join("/etc/init.d", service), act]


def main(arguments):
    if len(arguments) != 2:
        sys.stderr.write("usage: service.py ACTION SERVICE\n")
        return 2
    try:
        return subprocess.call(command(*arguments))
    except OSError as error:
        sys.stderr.write("%s: %s\n" % (arguments[1], error))
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
