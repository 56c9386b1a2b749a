"""That of the standard library."""
from socket import *  # noqa: F403
