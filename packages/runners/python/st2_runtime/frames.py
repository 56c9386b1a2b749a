"""Messages over a pipe: four bytes of length (big endian), then that many bytes of JSON."""
import fcntl
import json
import os
import struct

_LENGTH = struct.Struct(">I")

#: The length has 32 bits.
MAX_FRAME_BYTES = 2**32 - 1

#: What a pipe holds by itself, and the most that anybody may let one hold (fs.pipe-max-size).
_PIPE_BYTES = 1 << 16
_MAX_PIPE_BYTES = 1 << 20

#: fcntl.F_SETPIPE_SZ of Linux; Python names it since 3.10.
_F_SETPIPE_SZ = 1031

#: Functions of the system as they are now: libraries that patch `os` (eventlet, gevent) do not reach them.
_read = os.read
_write = os.write


def read_frame(fd):
    """The next message, or None when the other side has closed the pipe."""
    header = _read_exactly(fd, _LENGTH.size)
    if header is None:
        return None
    length = _LENGTH.unpack(header)[0]
    _make_room(fd, length)
    body = _read_exactly(fd, length)
    return None if body is None else json.loads(body.decode("utf-8"))


def write_frame(fd, body):
    """Writes JSON that is already bytes."""
    if len(body) > MAX_FRAME_BYTES:
        raise ValueError("a message of %d bytes exceeds MAX_FRAME_BYTES" % len(body))
    _make_room(fd, len(body) + _LENGTH.size)
    _write_all(fd, _LENGTH.pack(len(body)))
    _write_all(fd, body)


def _make_room(fd, length):
    """Lets the pipe hold as much of a long message as it can: else the two sides take turns, and on a busy machine wait for theirs."""
    if length <= _PIPE_BYTES:
        return
    try:
        fcntl.fcntl(fd, _F_SETPIPE_SZ, min(length, _MAX_PIPE_BYTES))
    except OSError:
        # No pipe but a socket, or all pipes of this user hold as much as they may together: turns are taken.
        return


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
