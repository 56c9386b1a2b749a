"""That of the standard library."""
from subprocess import *  # noqa: F403
