"""Patched forms of modules. Nothing has to be patched here, so they are the modules themselves."""
from importlib import import_module


def original(module_name):
    return import_module(module_name)


def import_patched(module_name, *additional_modules):
    return import_module(module_name)


def inject(module_name, new_globals, *additional_modules):
    """Puts what a module has into a dictionary of globals, as if it had been written there."""
    module = import_module(module_name)
    if new_globals is not None:
        new_globals.update({name: value for name, value in vars(module).items() if not name.startswith("__")})
    return module


def is_monkey_patched(module):
    return False
