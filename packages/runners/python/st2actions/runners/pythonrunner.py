"""Where the class of actions was before version 2."""
from st2common.runners.base_action import Action

__all__ = ["Action"]
