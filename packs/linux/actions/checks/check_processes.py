#!/usr/bin/env python3
"""Prints the processes that match as JSON, id to command line: check_processes.py state|name|pid CRITERIA [pidlist]"""

import json
import os
import re
import sys

PROC = "/proc"


def processes():
    """Id, name, state and command line of everything that runs; what ends meanwhile is left out."""
    for pid in filter(str.isdigit, os.listdir(PROC)):
        try:
            with open(os.path.join(PROC, pid, "stat"), errors="replace") as stat:
                # The name stands in parentheses and may hold any character, these too.
                before, _, after = stat.read().rpartition(")")
            with open(os.path.join(PROC, pid, "cmdline"), errors="replace") as cmdline:
                command = cmdline.read().replace("\0", " ").strip()
        except (FileNotFoundError, ProcessLookupError):
            continue
        name = before.partition("(")[2]
        yield pid, name, after.split()[0], command or name


def main(search="name", criteria="", option=""):
    matches = {
        "state": lambda pid, name, state: state == criteria,
        "name": lambda pid, name, state: re.search(criteria, name) is not None,
        "pid": lambda pid, name, state: pid == criteria,
    }[search]
    found = {pid: command for pid, name, state, command in processes() if matches(pid, name, state)}
    print(json.dumps(found))
    if option == "pidlist":
        sys.stderr.write(" ".join(found))


if __name__ == "__main__":
    main(*sys.argv[1:4])
