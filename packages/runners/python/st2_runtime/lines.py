"""Messages over the control pipe: one JSON object a line. For what is small and comes often."""
import json
import os

#: Longest line that is accepted.
MAX_LINE_BYTES = 64 * 1024 * 1024

_read = os.read
_write = os.write


class LineReader:
    """Cuts what comes from a descriptor into messages."""

    def __init__(self, fd):
        self._fd = fd
        self._buffer = b""

    def read(self):
        """What has come: a list of messages, or None when the other side is gone. Waits when nothing has come."""
        try:
            data = _read(self._fd, 1 << 16)
        except ConnectionError:
            return None
        if not data:
            return None
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        if len(self._buffer) > MAX_LINE_BYTES:
            raise ValueError("a message exceeds MAX_LINE_BYTES of %d bytes" % MAX_LINE_BYTES)
        return [json.loads(line.decode("utf-8")) for line in lines if line]


def write_line(fd, message):
    data = json.dumps(message).encode("ascii") + b"\n"
    view = memoryview(data)
    while view:
        view = view[_write(fd, view) :]
