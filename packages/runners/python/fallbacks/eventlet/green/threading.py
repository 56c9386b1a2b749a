"""That of the standard library."""
from threading import *  # noqa: F403
