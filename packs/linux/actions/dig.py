"""Runs dig and answers its lines."""

import errno
import random
import re
import subprocess

from st2common.runners.base_action import Action

NEEDLESS = re.compile(r"^[+@-]")


class DigAction(Action):
    def run(self, rand, count, nameserver, hostname, queryopts, querytype):
        for name, value in (("hostname", hostname), ("querytype", querytype), ("nameserver", nameserver or "")):
            if NEEDLESS.match(value):
                return False, '%s: "%s" would be read as an option of dig' % (name, value)
        command = ["dig"]
        if nameserver:
            command.append("@" + nameserver)
        command += ["+" + option.strip() for option in (queryopts or "").split(",") if option.strip()]
        command += [hostname, querytype]
        try:
            output = subprocess.run(command, check=False, stdout=subprocess.PIPE, universal_newlines=True).stdout
        except OSError as error:
            if error.errno != errno.ENOENT:
                raise
            return False, "Can't find dig installed in the path (usually /usr/bin/dig). If dig isn't installed, you can install it with 'sudo yum install bind-utils' or 'sudo apt install dnsutils'"
        lines = [line for line in output.splitlines() if line]
        if rand:
            random.shuffle(lines)
        return lines[:count] if 0 < count <= len(lines) else lines
