"""Items of the datastore."""
from st2client.models.core import Resource, ResourceManager, with_credentials

__all__ = ["KeyValuePair"]


class KeyValuePair(Resource):
    _alias = "Key"
    _display_name = "Key Value Pair"
    _plural = "Keys"
    _plural_display_name = "Key Value Pairs"
    _repr_attributes = ["name", "value"]

    @property
    def id(self):
        """Items are known by their name."""
        return getattr(self, "name", None)

    @id.setter
    def id(self, value):
        """Given by callers that treat all resources alike."""


class KeyValuePairResourceManager(ResourceManager):
    def get_by_name(self, name, **kwargs):
        """`[]` for one that is not there, as upstream's client has it."""
        kwargs = with_credentials(kwargs)
        credentials = {key: kwargs.pop(key) for key in ("token", "api_key") if key in kwargs}
        params = {**(kwargs.pop("params", None) or {}), **kwargs}
        response = self.client.get(self._url(name), params=params, **credentials)
        if response.status_code == 404:
            return []
        return self.resource.deserialize(response.require_ok().json())
