"""That of the standard library, up to Python 3.11."""
from asynchat import *  # noqa: F403
