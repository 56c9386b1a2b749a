"""What a sensor may ask of the platform: `self.sensor_service`."""
from st2common.constants.keyvalue import SYSTEM_SCOPE
from st2common.log import getLogger
from st2common.models.api.trace import TraceContext
from st2common.services.datastore import SensorDatastoreService

from .results import to_message

#: User in whose name sensors use the datastore.
DATASTORE_USER = "sensor_service"


class SensorService:
    def __init__(self, sensor_wrapper, dispatch, datastore_token):
        self._sensor_wrapper = sensor_wrapper
        self._logger = sensor_wrapper._logger
        self._dispatch = dispatch
        self._datastore_service = SensorDatastoreService(
            logger=self._logger,
            pack_name=sensor_wrapper._pack,
            class_name=sensor_wrapper._class_name,
            api_username=DATASTORE_USER,
            token_source=lambda: datastore_token,
        )

    @property
    def datastore_service(self):
        return self._datastore_service

    def get_logger(self, name):
        return getLogger("%s.%s" % (self._logger.name, name))

    def get_user_info(self):
        return self.datastore_service.get_user_info()

    def dispatch(self, trigger, payload=None, trace_tag=None):
        """Returns when the event is stored. One that no trigger takes is logged and dropped."""
        context = TraceContext(trace_tag=trace_tag) if trace_tag else None
        return self.dispatch_with_context(trigger, payload=payload, trace_context=context)

    def dispatch_with_context(self, trigger, payload=None, trace_context=None):
        self._logger.debug("Dispatching trigger %s with payload %s.", trigger, payload)
        event = {"trigger": to_message(trigger), "payload": to_message(payload)}
        context = _context(trace_context)
        if context:
            event["trace_context"] = context
        self._dispatch(event)

    def list_values(self, local=True, prefix=None, limit=None, offset=None):
        return self.datastore_service.list_values(local=local, prefix=prefix, limit=limit, offset=offset)

    def get_value(self, name, local=True, scope=SYSTEM_SCOPE, decrypt=False):
        return self.datastore_service.get_value(name=name, local=local, scope=scope, decrypt=decrypt)

    def set_value(self, name, value, ttl=None, local=True, scope=SYSTEM_SCOPE, encrypt=False):
        return self.datastore_service.set_value(
            name=name, value=value, ttl=ttl, local=local, scope=scope, encrypt=encrypt
        )

    def delete_value(self, name, local=True, scope=SYSTEM_SCOPE):
        return self.datastore_service.delete_value(name=name, local=local, scope=scope)


def _context(given):
    """Only what is set; a dict is taken for what it says."""
    fields = given if isinstance(given, dict) else {key: getattr(given, key, None) for key in ("id_", "trace_tag")}
    return {key: str(value) for key, value in fields.items() if key in ("id_", "trace_tag") and value is not None}
