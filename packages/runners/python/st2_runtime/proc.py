"""What /proc says about this process and about sessions."""
import os


def open_descriptors():
    """Numbers of all open descriptors, that of the listing included."""
    return [int(name) for name in os.listdir("/proc/self/fd")]


def members_of_sessions(sessions):
    """Pids of the living processes whose session is one of these."""
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and _session_of(name) in sessions]


def stat_fields(pid):
    """Fields of /proc/<pid>/stat from the third one on (the state), or None when the process is gone."""
    try:
        with open("/proc/%s/stat" % pid, "rb") as file:
            text = file.read()
    except (FileNotFoundError, ProcessLookupError):
        return None
    # The name stands in brackets and may hold brackets and blanks itself.
    return text[text.rindex(b")") + 2 :].split()


def _session_of(pid):
    fields = stat_fields(pid)
    return None if fields is None or fields[0] in (b"Z", b"X") else int(fields[3])
