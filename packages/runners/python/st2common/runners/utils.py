"""What actions are given: their configuration, their logger, their instance."""
import logging as stdlib_logging

from st2common import log as logging

__all__ = ["PackConfigDict", "get_action_class_instance", "get_logger_for_python_runner_action"]

CONFIG_MISSING_ITEM_ERROR = """
Config for pack "%s" is missing key "%s".
Make sure that the config file exists on disk (%s) and contains that key.

Also make sure you run "st2ctl reload --register-configs" when you add a
config and after every change you make to the config.
"""

LOGGERS = {}

_config_path = "/opt/stackstorm/configs/%s.yaml"


def note_config_path(pattern):
    """Where configurations of packs are on this system: `%s` stands for the pack."""
    global _config_path
    _config_path = pattern


class PackConfigDict(dict):
    """The configuration of a pack. A key that is not there is told to the user as what it is: something to configure."""

    def __init__(self, pack_name, *args):
        super().__init__(*args)
        self._pack_name = pack_name

    def __getitem__(self, key):
        try:
            return super().__getitem__(key)
        except KeyError:
            path = _config_path.replace("%s", self._pack_name)
            raise ValueError(CONFIG_MISSING_ITEM_ERROR % (self._pack_name, key, path)) from None


def get_logger_for_python_runner_action(action_name, log_level="debug"):
    """A logger that writes to stderr. An unknown level is DEBUG."""
    name = "actions.python.%s" % action_name
    if name not in LOGGERS:
        level = getattr(stdlib_logging, log_level.upper(), stdlib_logging.DEBUG)
        console = stdlib_logging.StreamHandler()
        console.setLevel(level)
        console.setFormatter(stdlib_logging.Formatter("%(name)-12s: %(levelname)-8s %(message)s"))
        logger = logging.getLogger(name)
        logger.addHandler(console)
        logger.setLevel(level)
        LOGGERS[name] = logger
    return LOGGERS[name]


def get_action_class_instance(action_cls, config=None, action_service=None):
    """Classes of old take no `action_service`: they get it after they are made."""
    try:
        return action_cls(config=config, action_service=action_service)
    except TypeError as error:
        if "unexpected keyword argument 'action_service'" not in str(error):
            raise
    instance = action_cls(config=config)
    instance.action_service = action_service
    return instance
