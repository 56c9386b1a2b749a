"""The client that packs use."""
import os

from st2client import models
from st2client.models.core import (
    ActionAliasExecutionManager,
    ActionAliasResourceManager,
    ActionResourceManager,
    ConfigManager,
    ExecutionResourceManager,
    InquiryResourceManager,
    PackResourceManager,
    ResourceManager,
    TriggerInstanceResourceManager,
    WebhookManager,
    with_credentials,
)
from st2client.models.keyvalue import KeyValuePairResourceManager
from st2client.utils.httpclient import HTTPClient

__all__ = ["Client"]

DEFAULT_API_PORT = 9101
DEFAULT_AUTH_PORT = 9100
DEFAULT_STREAM_PORT = 9102
DEFAULT_BASE_URL = "http://127.0.0.1"
DEFAULT_API_VERSION = "v1"

#: Model → manager; what is not here has the common one.
_SPECIAL = {
    "Action": ActionResourceManager,
    "ActionAlias": ActionAliasResourceManager,
    "ActionAliasExecution": ActionAliasExecutionManager,
    "Config": ConfigManager,
    "Execution": ExecutionResourceManager,
    "Inquiry": InquiryResourceManager,
    "KeyValuePair": KeyValuePairResourceManager,
    "Pack": PackResourceManager,
    "TriggerInstance": TriggerInstanceResourceManager,
    "Webhook": WebhookManager,
}

#: Property of the client → model.
_PROPERTIES = {
    "actions": "Action",
    "apikeys": "ApiKey",
    "config_schemas": "ConfigSchema",
    "configs": "Config",
    "executions": "Execution",
    "inquiries": "Inquiry",
    "keys": "KeyValuePair",
    "liveactions": "Execution",
    "packs": "Pack",
    "policies": "Policy",
    "policytypes": "PolicyType",
    "ruleenforcements": "RuleEnforcement",
    "rules": "Rule",
    "runners": "RunnerType",
    "sensors": "Sensor",
    "tokens": "Token",
    "trace": "Trace",
    "triggerinstances": "TriggerInstance",
    "triggertypes": "TriggerType",
    "webhooks": "Webhook",
}


class Client:
    def __init__(
        self,
        base_url=None,
        auth_url=None,
        api_url=None,
        stream_url=None,
        api_version=None,
        cacert=None,
        debug=False,
        token=None,
        api_key=None,
        basic_auth=None,
    ):
        base = base_url or os.environ.get("ST2_BASE_URL", DEFAULT_BASE_URL)
        version = api_version or os.environ.get("ST2_API_VERSION", DEFAULT_API_VERSION)
        self.endpoints = {
            "base": base,
            "api": api_url or os.environ.get("ST2_API_URL", "%s:%s/%s" % (base, DEFAULT_API_PORT, version)),
            "auth": auth_url or os.environ.get("ST2_AUTH_URL", "%s:%s" % (base, DEFAULT_AUTH_PORT)),
            "stream": stream_url or os.environ.get("ST2_STREAM_URL", "%s:%s/%s" % (base, DEFAULT_STREAM_PORT, version)),
        }
        self.cacert = cacert if cacert is not None else os.environ.get("ST2_CACERT")
        if isinstance(self.cacert, str) and self.cacert and not os.path.isfile(self.cacert):
            raise ValueError('CA cert file "%s" does not exist.' % self.cacert)
        self.debug = debug
        # Programs that the pack starts, and clients that it makes later, find them there.
        if token:
            os.environ["ST2_AUTH_TOKEN"] = token
        if api_key:
            os.environ["ST2_API_KEY"] = api_key
        self.token = token
        self.api_key = api_key
        self.basic_auth = _pair(basic_auth)
        self.managers = {name: self._manager(name, model) for name, model in models.MODELS.items()}
        self.managers["LiveAction"] = self.managers["Execution"]

    def get_user_info(self, **kwargs):
        """Who the API takes the caller for."""
        client = HTTPClient(self.endpoints["api"], cacert=self.cacert, basic_auth=self.basic_auth)
        return client.get("/user", **with_credentials(kwargs)).require_ok().json()

    def _manager(self, name, model):
        endpoint = self.endpoints["auth"] if name == "Token" else self.endpoints["api"]
        kind = _SPECIAL.get(name, ResourceManager)
        return kind(model, endpoint, cacert=self.cacert, debug=self.debug, basic_auth=self.basic_auth)


def _pair(text):
    if not text:
        return None
    if ":" not in text:
        raise ValueError("basic_auth config options needs to be in the username:password notation")
    return tuple(text.split(":", 1))


def _manager_property(model):
    return property(lambda client: client.managers[model], doc="Manager of %s." % model)


for _name, _model in _PROPERTIES.items():
    setattr(Client, _name, _manager_property(_model))
