"""Cooperative threads. Sensors run on threads of the system here: there is nothing to patch."""

__all__ = ["is_use_debugger_flag_provided", "monkey_patch", "use_select_poll_workaround"]


def monkey_patch(patch_thread=None):
    return None


def use_select_poll_workaround(nose_only=True):
    return None


def is_use_debugger_flag_provided():
    return False
