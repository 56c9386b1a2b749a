"""Levels of all loggers at once."""
import logging

__all__ = ["reopen_log_files", "set_log_level_for_all_handlers", "set_log_level_for_all_loggers"]


def set_log_level_for_all_handlers(logger, level=logging.DEBUG):
    logger.setLevel(level)
    for handler in logger.handlers:
        handler.setLevel(level)
    return logger


def set_log_level_for_all_loggers(level=logging.DEBUG):
    for name in list(logging.root.manager.loggerDict):
        set_log_level_for_all_handlers(logging.getLogger(name), level)
    set_log_level_for_all_handlers(logging.getLogger(), level)


def reopen_log_files(handlers):
    for handler in handlers:
        if isinstance(handler, logging.FileHandler):
            handler.acquire()
            try:
                handler.close()
                handler.stream = handler._open()
            finally:
                handler.release()
