"""That of the standard library."""
from select import *  # noqa: F403
