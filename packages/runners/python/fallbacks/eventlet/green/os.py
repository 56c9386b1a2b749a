"""That of the standard library."""
from os import *  # noqa: F403
