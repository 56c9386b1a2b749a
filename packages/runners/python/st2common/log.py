"""Loggers as packs know them: named under `st2.`, with the level AUDIT above CRITICAL."""
import logging

__all__ = ["getLogger"]

AUDIT = logging.CRITICAL + 10

logging.AUDIT = AUDIT
logging.addLevelName(AUDIT, "AUDIT")


def getLogger(name):
    logger = logging.getLogger(name if name.startswith("st2.") or name == "st2" else "st2." + name)
    if not hasattr(logger, "audit"):
        logger.audit = lambda message, *args, **kwargs: logger.log(AUDIT, message, *args, stacklevel=2, **kwargs)
    return logger
