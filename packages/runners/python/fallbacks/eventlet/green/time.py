"""That of the standard library."""
from time import *  # noqa: F403
