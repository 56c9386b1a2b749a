#!/usr/bin/env python3
"""Prints the load per processor: of one period, or of all as JSON."""

import json
import os
import sys


def main(period="all"):
    processors = os.cpu_count() or 1
    loads = {name: str(load / processors) for name, load in zip(("1", "5", "15"), os.getloadavg())}
    print(json.dumps(loads) if period == "all" else loads[period])


if __name__ == "__main__":
    main(*sys.argv[1:2])
