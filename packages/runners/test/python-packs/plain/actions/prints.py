import os
import subprocess
import sys

from st2common.runners.base_action import Action


class PrintsAction(Action):
    def run(self, kind):
        getattr(self, kind)()
        return True

    def both(self):
        print("out 1")
        sys.stderr.write("err 1\n")
        print("out 2", file=sys.stdout)
        sys.stdout.write("no newline")

    def unicode(self):
        print("ünï ✓ 🎉")
        print("broken \udc80 surrogate", file=sys.stderr)
        sys.stdout.buffer.write(b"\xff\xfe raw\n")
        print(os.fsdecode(b"\xe4 name"))

    def children(self):
        subprocess.check_call("echo from the shell; echo to err >&2", shell=True)
        subprocess.check_call([sys.executable, "-c", "import st2common, os; print('from python', os.environ['MINE'])"])
        os.write(1, b"from the descriptor\n")

    def much(self):
        line = "x" * 1023
        for _ in range(3000):
            print(line)

    def delimiter(self):
        print("%%%%%~=~=~=************=~=~=~%%%%")
