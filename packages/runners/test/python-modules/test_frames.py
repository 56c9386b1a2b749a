import json
import os
import threading
import unittest

from st2_runtime.frames import read_frame, write_frame


class Frames(unittest.TestCase):
    def setUp(self):
        self.reading, self.writing = os.pipe()
        self.addCleanup(os.close, self.reading)
        self.addCleanup(os.close, self.writing)

    def test_writes_a_long_message_without_waiting_for_its_reader(self):
        # A write that would wait fails instead.
        os.set_blocking(self.writing, False)
        write_frame(self.writing, json.dumps("x" * 900_000).encode())
        self.assertEqual(read_frame(self.reading), "x" * 900_000)

    def test_carries_a_message_that_no_pipe_holds(self):
        body = json.dumps("ü" * 3_000_000, ensure_ascii=False).encode()
        writer = threading.Thread(target=write_frame, args=(self.writing, body))
        writer.start()
        self.assertEqual(read_frame(self.reading), "ü" * 3_000_000)
        writer.join()

    def test_takes_a_message_that_comes_in_pieces(self):
        os.write(self.writing, b"\0\0\0\7")
        os.write(self.writing, b'{"a"')
        os.write(self.writing, b":1}")
        self.assertEqual(read_frame(self.reading), {"a": 1})
