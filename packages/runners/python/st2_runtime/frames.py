"""Messages over a pipe: four bytes of length (big endian), then that many bytes of JSON."""
import json
import os
import struct

_LENGTH = struct.Struct(">I")

#: The length has 32 bits.
MAX_FRAME_BYTES = 2**32 - 1

#: Functions of the system as they are now: libraries that patch `os` (eventlet, gevent) do not reach them.
_read = os.read
_write = os.write


def read_frame(fd):
    """The next message, or None when the other side has closed the pipe."""
    header = _read_exactly(fd, _LENGTH.size)
    if header is None:
        return None
    body = _read_exactly(fd, _LENGTH.unpack(header)[0])
    return None if body is None else json.loads(body.decode("utf-8"))


def write_frame(fd, body):
    """Writes JSON that is already bytes."""
    if len(body) > MAX_FRAME_BYTES:
        raise ValueError("a message of %d bytes exceeds MAX_FRAME_BYTES" % len(body))
    _write_all(fd, _LENGTH.pack(len(body)))
    _write_all(fd, body)


def _read_exactly(fd, length):
    parts = []
    while length > 0:
        part = _read(fd, min(length, 1 << 20))
        if not part:
            return None
        parts.append(part)
        length -= len(part)
    return b"".join(parts)


def _write_all(fd, data):
    view = memoryview(data)
    while view:
        written = _write(fd, view[: 1 << 20])
        view = view[written:]
