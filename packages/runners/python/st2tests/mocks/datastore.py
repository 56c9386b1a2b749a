"""A datastore in memory."""
from st2client.models.keyvalue import KeyValuePair

from st2common.constants.keyvalue import SYSTEM_SCOPE
from st2common.services.datastore import BaseDatastoreService

__all__ = ["MockDatastoreService"]


class MockDatastoreService(BaseDatastoreService):
    def __init__(self, logger, pack_name, class_name, api_username=None):
        super().__init__(logger=logger, pack_name=pack_name, class_name=class_name)
        self._username = api_username or "admin"
        self._datastore_items = {}

    def get_user_info(self):
        return {
            "username": self._username,
            "rbac": {"is_admin": True, "enabled": True, "roles": ["admin"]},
            "authentication": {"method": "authentication token", "location": "header"},
        }

    def list_values(self, local=True, prefix=None, limit=None, offset=0):
        full_prefix = self._get_full_key_prefix(local=local, prefix=prefix) or ""
        return [pair for name, pair in self._datastore_items.items() if name.startswith(full_prefix)]

    def get_value(self, name, local=True, scope=SYSTEM_SCOPE, decrypt=False):
        pair = self._datastore_items.get(self._get_full_key_name(name=name, local=local))
        return None if pair is None else pair.value

    def set_value(self, name, value, ttl=None, local=True, scope=SYSTEM_SCOPE, encrypt=False):
        name = self._get_full_key_name(name=name, local=local)
        pair = KeyValuePair(name=name, value=value)
        if ttl:
            self._logger.warning("MockDatastoreService is not able to expire keys based on ttl.")
            pair.ttl = ttl
        self._datastore_items[name] = pair
        return True

    def delete_value(self, name, local=True, scope=SYSTEM_SCOPE):
        return self._datastore_items.pop(self._get_full_key_name(name=name, local=local), None) is not None
