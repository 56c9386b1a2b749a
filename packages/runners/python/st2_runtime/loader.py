"""Finds the class of an action or of a sensor in a file of a pack."""
import importlib.util
import inspect
import logging
import os
import sys

LOG = logging.getLogger("st2.st2common.util.loader")


def load_action_class(base_class, file_path):
    """The first class of the file, by name, that has a `run` of its own."""
    classes = [kind for kind in _own_classes(_load_module(file_path)) if _fits(base_class, kind)]
    if not classes:
        raise Exception('Found no classes in plugin file "%s" matching requirements.' % file_path)
    return classes[0]


def load_class(base_class, file_path, class_name):
    """The named class of the file; all that is abstract in the base class must be there."""
    found = getattr(_load_module(file_path), class_name, None)
    if not found:
        raise Exception('Plugin file "%s" doesn\'t expose class named "%s"' % (file_path, class_name))
    _require_methods(base_class, found)
    return found


def _load_module(file_path):
    folder = os.path.dirname(os.path.realpath(file_path))
    if not os.path.isdir(folder):
        raise Exception('Directory "%s" with plugins doesn\'t exist' % folder)
    if folder not in sys.path and folder + os.sep not in sys.path:
        sys.path.append(folder)
    name = os.path.basename(file_path)
    if not name.endswith(".py"):
        raise Exception('File "%s" has no action class or the file doesn\'t exist.' % file_path)
    name = name[: -len(".py")]
    spec = importlib.util.spec_from_file_location(name, file_path)
    module = importlib.util.module_from_spec(spec)
    if _is_found_as(name, file_path):
        sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _is_found_as(name, file_path):
    """
    Whether `import name` means this very file. Then it is one module for all (pickle and dataclasses look modules up); a
    file called like a library must not stand in for it.
    """
    if "." in name or name in sys.modules:
        return False
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return False
    return spec is not None and spec.origin is not None and os.path.realpath(spec.origin) == os.path.realpath(file_path)


def _own_classes(module):
    def is_own(member):
        return inspect.isclass(member) and member.__module__ == module.__name__

    return [kind for _, kind in inspect.getmembers(module, is_own)]


def _fits(base_class, kind):
    try:
        _require_methods(base_class, kind)
    except NotImplementedError as error:
        LOG.exception(error)
        return False
    return True


def _require_methods(base_class, kind):
    for method in sorted(base_class.__abstractmethods__):
        found = getattr(kind, method, None)
        if not inspect.isfunction(found) or getattr(found, "__isabstractmethod__", False):
            message = 'Class "%s" doesn\'t implement required "%s" method from the base class'
            raise NotImplementedError(message % (kind.__name__, method))
