import logging

from st2common import log
from st2common.runners.base_action import Action

LOG = log.getLogger(__name__)


class LogsAction(Action):
    def run(self):
        self.logger.debug("d %s", 1)
        self.logger.info("i")
        self.logger.warning("wärn")
        self.logger.error("e")
        self.logger.critical("c")
        self.logger.audit("a")
        try:
            1 / 0
        except ZeroDivisionError:
            self.logger.exception("failed")
        logging.getLogger("requests").warning("of a library")
        return {"name": self.logger.name, "module": LOG.name}
