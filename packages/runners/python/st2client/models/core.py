"""Resources and how they are asked for."""
import json
import os
import urllib.parse

from st2client.utils.httpclient import HTTPClient

__all__ = ["Resource", "ResourceManager"]


class Resource:
    """A bag of attributes."""

    _alias = None
    _display_name = None
    _plural = None
    _plural_display_name = None
    _url_path = None
    _repr_attributes = []

    def __init__(self, *args, **kwargs):
        for name, value in kwargs.items():
            setattr(self, name, value)

    def to_dict(self, exclude_attributes=None):
        excluded = exclude_attributes or []
        return {name: value for name, value in vars(self).items() if name not in excluded and not name.startswith("__")}

    def serialize(self):
        return {name: value for name, value in vars(self).items() if not name.startswith("_")}

    @classmethod
    def deserialize(cls, doc):
        return cls(**(doc if isinstance(doc, dict) else json.loads(doc)))

    @classmethod
    def get_alias(cls):
        return cls._alias or cls.__name__

    @classmethod
    def get_display_name(cls):
        return cls._display_name or cls.__name__

    @classmethod
    def get_plural_name(cls):
        if not cls._plural:
            raise Exception("The %s class is missing class attributes in its definition." % cls.__name__)
        return cls._plural

    @classmethod
    def get_plural_display_name(cls):
        return cls._plural_display_name or cls._plural

    @classmethod
    def get_url_path_name(cls):
        return cls._url_path or cls.get_plural_name().lower()

    def __str__(self):
        return repr(self)

    def __repr__(self):
        if not self._repr_attributes:
            return super().__repr__()
        shown = ",".join("%s=%s" % (name, getattr(self, name, None)) for name in self._repr_attributes)
        return "<%s %s>" % (type(self).__name__, shown)


def with_credentials(kwargs):
    """The arguments of a call with the token or the API key of the environment, unless the caller gave one."""
    named = dict(kwargs)
    if not named.get("token") and os.environ.get("ST2_AUTH_TOKEN"):
        named["token"] = os.environ["ST2_AUTH_TOKEN"]
    if not named.get("api_key") and os.environ.get("ST2_API_KEY"):
        named["api_key"] = os.environ["ST2_API_KEY"]
    return named


class ResourceManager:
    def __init__(self, resource, endpoint, cacert=None, debug=False, basic_auth=None):
        self.resource = resource
        self.endpoint = endpoint
        self.cacert = cacert
        self.debug = debug
        self.basic_auth = basic_auth
        self.client = HTTPClient(endpoint, cacert=cacert, debug=debug, basic_auth=basic_auth)

    def get_all(self, limit=None, pack=None, prefix=None, user=None, offset=0, params=None, **kwargs):
        given = {"limit": limit, "pack": pack, "prefix": prefix, "user": user, "offset": offset}
        named = {**(params or {}), **{name: value for name, value in given.items() if value}}
        response = self.client.get(self._url(), params=named, **with_credentials(kwargs))
        return self._items(response)

    def get_by_id(self, id, **kwargs):
        """None when there is none."""
        response = self.client.get(self._url(id), **with_credentials(kwargs))
        if response.status_code == 404:
            return None
        return self.resource.deserialize(response.require_ok().json())

    def get_by_ref_or_id(self, ref_or_id, **kwargs):
        return self.get_by_id(id=ref_or_id, **kwargs)

    def get_property(self, id_, property_name, self_deserialize=True, **kwargs):
        params, credentials = _split(kwargs)
        response = self.client.get(self._url(id_, property_name) + "/", params=params, **credentials)
        if response.status_code == 404:
            return None
        value = response.require_ok().json()
        return [self.resource.deserialize(item) for item in value] if self_deserialize else value

    def query(self, **kwargs):
        return self._query(kwargs)[0]

    def query_with_count(self, **kwargs):
        instances, response = self._query(kwargs)
        count = response.headers.get("X-Total-Count")
        return instances, None if count is None else int(count)

    def get_by_name(self, name, **kwargs):
        """None when there is none; an error when there are several."""
        instances = self.query(name=name, **kwargs)
        if len(instances) > 1:
            raise Exception('More than one %s named "%s" are found.' % (self.resource.__name__.lower(), name))
        return instances[0] if instances else None

    def create(self, instance, **kwargs):
        response = self.client.post(self._url(), instance.serialize(), **with_credentials(kwargs))
        return self.resource.deserialize(response.require_ok().json())

    def update(self, instance, **kwargs):
        response = self.client.put(self._url(instance.id), instance.serialize(), **with_credentials(kwargs))
        return self.resource.deserialize(response.require_ok().json())

    def delete(self, instance, **kwargs):
        return self.delete_by_id(instance.id, **kwargs)

    def delete_by_id(self, instance_id, **kwargs):
        """True also when there was none; the answer's body where it has one."""
        response = self.client.delete(self._url(instance_id), **with_credentials(kwargs))
        if response.status_code == 404:
            return True
        response.require_ok()
        return response.json() if response.content else True

    def _query(self, kwargs):
        if not kwargs:
            raise Exception("Query parameter is not provided.")
        params, credentials = _split(kwargs)
        response = self.client.get(self._url() + "/", params=params, **credentials)
        if response.status_code == 404:
            return [], response
        return self._items(response), response

    def _items(self, response):
        return [self.resource.deserialize(item) for item in response.require_ok().json()]

    def _url(self, *parts):
        quoted = [urllib.parse.quote(str(part), safe=":@") for part in parts]
        return "/" + "/".join([self.resource.get_url_path_name()] + quoted)

    def _post(self, parts, body, kwargs):
        return self.client.post(self._url(*parts), body, **with_credentials(kwargs)).require_ok().json()

    def _put(self, parts, body, kwargs):
        return self.client.put(self._url(*parts), body, **with_credentials(kwargs)).require_ok().json()


class ActionResourceManager(ResourceManager):
    def get_entrypoint(self, ref_or_id, **kwargs):
        response = self.client.get(self._url("views", "entry_point", ref_or_id), **with_credentials(kwargs))
        return response.require_ok().text


class ActionAliasResourceManager(ResourceManager):
    def match(self, instance, **kwargs):
        found = self._post(["match"], instance.serialize(), kwargs)
        return self.resource.deserialize(found["actionalias"]), found["representation"]


class ActionAliasExecutionManager(ResourceManager):
    def match_and_execute(self, instance, **kwargs):
        answer = self._post(["match_and_execute"], instance.serialize(), kwargs)
        return [self.resource.deserialize(item["execution"]) for item in answer["results"]]


class ConfigManager(ResourceManager):
    def update(self, instance, **kwargs):
        return self.resource.deserialize(self._put([instance.pack], instance.values, kwargs))


class ExecutionResourceManager(ResourceManager):
    def re_run(self, execution_id, parameters=None, tasks=None, no_reset=None, delay=0, **kwargs):
        body = {"parameters": parameters or {}, "tasks": tasks or [], "reset": [], "delay": delay}
        body["reset"] = [task for task in body["tasks"] if task not in (no_reset or [])]
        return self.resource.deserialize(self._post([execution_id, "re_run"], body, kwargs))

    def get_output(self, execution_id, output_type=None, **kwargs):
        params = {"output_type": output_type} if output_type else None
        return self.client.get(self._url(execution_id, "output"), params=params, **with_credentials(kwargs)).require_ok().text

    def get_result(self, execution_id, **kwargs):
        return self.client.get(self._url(execution_id, "result"), **with_credentials(kwargs)).require_ok().json()

    def pause(self, execution_id, **kwargs):
        return self.resource.deserialize(self._put([execution_id], {"status": "pausing"}, kwargs))

    def resume(self, execution_id, **kwargs):
        return self.resource.deserialize(self._put([execution_id], {"status": "resuming"}, kwargs))

    def get_children(self, execution_id, depth=-1, **kwargs):
        params = {"depth": depth} if depth else None
        return self._items(self.client.get(self._url(execution_id, "children"), params=params, **with_credentials(kwargs)))


class InquiryResourceManager(ResourceManager):
    def respond(self, inquiry_id, inquiry_response, **kwargs):
        body = {"id": inquiry_id, "response": inquiry_response}
        return self.resource.deserialize(self._put([inquiry_id], body, kwargs))


class PackResourceManager(ResourceManager):
    def install(self, packs, force=False, skip_dependencies=False, **kwargs):
        body = {"packs": packs, "force": force, "skip_dependencies": skip_dependencies}
        return self.resource.deserialize(self._post(["install"], body, kwargs))

    def remove(self, packs, **kwargs):
        return self.resource.deserialize(self._post(["uninstall"], {"packs": packs}, kwargs))

    def search(self, query, **kwargs):
        return [self.resource.deserialize(item) for item in self._post(["index", "search"], {"query": query}, kwargs)]

    def register(self, packs=None, types=None, **kwargs):
        body = {name: value for name, value in {"packs": packs, "types": types}.items() if value is not None}
        return self.resource.deserialize(self._post(["register"], body, kwargs))


class TriggerInstanceResourceManager(ResourceManager):
    def re_emit(self, trigger_instance_id, **kwargs):
        return self._post([trigger_instance_id, "re_emit"], None, kwargs)


class WebhookManager(ResourceManager):
    def post_generic_webhook(self, trigger, payload=None, trace_tag=None, **kwargs):
        """Dispatches any trigger."""
        headers = dict(kwargs.pop("headers", None) or {})
        if trace_tag:
            headers["St2-Trace-Tag"] = trace_tag
        body = {"trigger": trigger, "payload": payload or {}}
        return self.client.post(self._url("st2"), body, headers=headers, **with_credentials(kwargs)).require_ok().json()


def _split(kwargs):
    """Parameters of the query, and what authenticates it."""
    named = with_credentials(kwargs)
    credentials = {key: named.pop(key) for key in ("token", "api_key") if key in named}
    return {**(named.pop("params", None) or {}), **named}, credentials
