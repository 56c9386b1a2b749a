"""That of the standard library, up to Python 3.11."""
from asyncore import *  # noqa: F403
