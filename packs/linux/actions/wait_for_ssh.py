"""Tries to log in over SSH until it works."""

import os
import shutil
import subprocess
import time

from st2common.runners.base_action import Action

OPTIONS = {"StrictHostKeyChecking": "no", "UserKnownHostsFile": "/dev/null", "LogLevel": "ERROR"}


class WaitForSSHAction(Action):
    def run(self, hostname, port, username, password, keyfile, ssh_timeout, sleep_delay, retries):
        command, environment = self._command(hostname, port, username, password, keyfile, ssh_timeout)
        for attempt in range(retries):
            if attempt > 0:
                self.logger.info("sleeping %s s before try %s of %s", sleep_delay, attempt + 1, retries)
                time.sleep(sleep_delay)
            done = subprocess.run(
                command, env=environment, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, universal_newlines=True
            )
            if done.returncode == 0:
                return True
            self.logger.info("%s did not let us in: %s", hostname, done.stderr.strip())
        raise Exception("Exceeded max retries (%s)" % retries)

    def _command(self, hostname, port, username, password, keyfile, ssh_timeout):
        options = dict(OPTIONS, ConnectTimeout=ssh_timeout, BatchMode="no" if password else "yes")
        command = ["ssh", "-p", str(port)]
        for name, value in options.items():
            command += ["-o", "%s=%s" % (name, value)]
        if keyfile:
            command += ["-i", os.path.expanduser(keyfile)]
        command += ["-l", username, "--", hostname, "true"]
        if not password:
            return command, None
        if shutil.which("sshpass") is None:
            raise Exception("A password needs the program sshpass, which is not installed.")
        # In the environment, where other users of the host cannot read it.
        return ["sshpass", "-e"] + command, dict(os.environ, SSHPASS=password)
