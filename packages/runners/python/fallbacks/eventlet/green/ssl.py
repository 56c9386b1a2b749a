"""That of the standard library."""
from ssl import *  # noqa: F403
