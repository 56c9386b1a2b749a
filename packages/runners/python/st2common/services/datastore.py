"""The datastore as actions and sensors see it, over the REST API."""
from st2common.constants.keyvalue import DATASTORE_KEY_SEPARATOR, SYSTEM_SCOPE
from st2common.util.api import get_full_public_api_url

__all__ = ["ActionDatastoreService", "BaseDatastoreService", "SensorDatastoreService"]

#: Values of one page when nothing else is asked for.
DEFAULT_PAGE_SIZE = 100


class BaseDatastoreService:
    """Keys are local to the pack and the class unless `local=False`."""

    DATASTORE_NAME_SEPARATOR = DATASTORE_KEY_SEPARATOR

    def __init__(self, logger, pack_name, class_name):
        self._logger = logger
        self._pack_name = pack_name
        self._class_name = class_name
        self._client = None

    def get_api_client(self):
        raise NotImplementedError("get_api_client() not implemented")

    def get_user_info(self):
        self._logger.debug("Retrieving user information")
        return self.get_api_client().get_user_info()

    def list_values(self, local=True, prefix=None, limit=None, offset=0):
        client = self.get_api_client()
        self._logger.debug("Retrieving all the values from the datastore")
        full_prefix = self._get_full_key_prefix(local=local, prefix=prefix)
        return client.keys.get_all(prefix=full_prefix, limit=limit or DEFAULT_PAGE_SIZE, offset=offset)

    def get_value(self, name, local=True, scope=SYSTEM_SCOPE, decrypt=False):
        """None for a key that is not there, and for one that cannot be read: the log says why."""
        _require_system(scope)
        name = self._get_full_key_name(name=name, local=local)
        client = self.get_api_client()
        self._logger.debug("Retrieving value from the datastore (name=%s)", name)
        try:
            params = {"decrypt": str(decrypt).lower(), "scope": scope}
            pair = client.keys.get_by_id(id=name, params=params)
        except Exception as error:
            self._logger.exception("Exception retrieving value from datastore (name=%s): %s", name, error)
            return None
        return pair.value if pair else None

    def set_value(self, name, value, ttl=None, local=True, scope=SYSTEM_SCOPE, encrypt=False):
        _require_system(scope)
        name = self._get_full_key_name(name=name, local=local)
        client = self.get_api_client()
        self._logger.debug("Setting value in the datastore (name=%s)", name)
        instance = _pair(name)
        instance.value = str(value)
        instance.scope = scope
        if encrypt:
            instance.secret = True
        if ttl:
            instance.ttl = ttl
        client.keys.update(instance=instance)
        return True

    def delete_value(self, name, local=True, scope=SYSTEM_SCOPE):
        """True also for a key that was not there."""
        _require_system(scope)
        name = self._get_full_key_name(name=name, local=local)
        client = self.get_api_client()
        self._logger.debug("Deleting value from the datastore (name=%s)", name)
        try:
            client.keys.delete(instance=_pair(name), params={"scope": scope})
        except Exception as error:
            self._logger.exception("Exception deleting value from datastore (name=%s): %s", name, error)
            return False
        return True

    def _get_full_key_name(self, name, local):
        return self._get_key_name_with_prefix(name) if local else name

    def _get_full_key_prefix(self, local, prefix=None):
        return self._get_local_key_name_prefix() + (prefix or "") if local else prefix

    def _get_local_key_name_prefix(self):
        return self._get_datastore_key_prefix() + self.DATASTORE_NAME_SEPARATOR

    def _get_key_name_with_prefix(self, name):
        return self._get_local_key_name_prefix() + name

    def _get_datastore_key_prefix(self):
        return "%s.%s" % (self._pack_name, self._class_name)


class ActionDatastoreService(BaseDatastoreService):
    """With the token of the execution."""

    def __init__(self, logger, pack_name, class_name, auth_token):
        super().__init__(logger=logger, pack_name=pack_name, class_name=class_name)
        self._auth_token = auth_token

    def get_api_client(self):
        if self._client is None:
            self._logger.debug("Creating new Client object.")
            self._client = _client(self._auth_token)
        return self._client


class SensorDatastoreService(BaseDatastoreService):
    """With tokens that are replaced before they expire: sensors run for weeks."""

    def __init__(self, logger, pack_name, class_name, api_username, token_source=None):
        super().__init__(logger=logger, pack_name=pack_name, class_name=class_name)
        self._api_username = api_username
        self._token_source = token_source
        self._token = None

    def get_api_client(self):
        token = self._token_source() if self._token_source is not None else None
        if self._client is None or token != self._token:
            self._logger.debug("Creating new Client object.")
            self._client = _client(token)
            self._token = token
        return self._client


def _client(token):
    # Not before it is needed, and the one of the pack's virtualenv when it has one.
    from st2client.client import Client

    return Client(api_url=get_full_public_api_url(), token=token)


def _pair(name):
    from st2client.models.keyvalue import KeyValuePair

    instance = KeyValuePair()
    instance.id = name
    instance.name = name
    return instance


def _require_system(scope):
    if scope != SYSTEM_SCOPE:
        raise ValueError("Scope %s is unsupported." % scope)
