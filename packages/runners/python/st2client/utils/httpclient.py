"""HTTP as the client needs it, with the standard library."""
import base64
import json
import ssl
import sys
import urllib.error
import urllib.parse
import urllib.request

__all__ = ["HTTPClient", "Response"]

#: Seconds without an answer.
TIMEOUT_SECONDS = 60


class Response:
    """The parts of an answer that packs look at, by the names that `requests` has for them."""

    def __init__(self, status_code, reason, headers, content, url):
        self.status_code = status_code
        self.reason = reason
        self.headers = headers
        self.content = content
        self.url = url

    @property
    def ok(self):
        return self.status_code < 400

    @property
    def text(self):
        return self.content.decode("utf-8", errors="replace")

    def json(self):
        return json.loads(self.text)

    def require_ok(self):
        """This answer, or an error that holds what the server said."""
        if self.ok:
            return self
        fault = _fault(self)
        if fault:
            self.reason += "\nMESSAGE: %s" % fault
        self.raise_for_status()
        return self

    def raise_for_status(self):
        if self.ok:
            return
        kind = "Client" if self.status_code < 500 else "Server"
        text = "%s %s Error: %s for url: %s" % (self.status_code, kind, self.reason, self.url)
        raise _error_class()(text, response=self)


class HTTPClient:
    def __init__(self, root, cacert=None, debug=False, basic_auth=None):
        self.root = root[:-1] if root.endswith("/") else root
        self.cacert = cacert
        self.debug = debug
        self.basic_auth = basic_auth

    def get(self, url, **kwargs):
        return self._ask("GET", url, **kwargs)

    def post(self, url, data, **kwargs):
        return self._ask("POST", url, data, **kwargs)

    def put(self, url, data, **kwargs):
        return self._ask("PUT", url, data, **kwargs)

    def patch(self, url, data, **kwargs):
        return self._ask("PATCH", url, data, **kwargs)

    def delete(self, url, data=None, **kwargs):
        return self._ask("DELETE", url, data, **kwargs)

    def _ask(self, method, url, data=None, params=None, headers=None, token=None, api_key=None):
        address = self.root + url
        if params:
            address += ("&" if "?" in address else "?") + urllib.parse.urlencode(params)
        body = None if data is None else json.dumps(data).encode("utf-8")
        request = urllib.request.Request(address, data=body, method=method, headers=dict(headers or {}))
        if body is not None:
            request.add_header("Content-Type", "application/json")
        if token:
            request.add_header("X-Auth-Token", str(token))
        if api_key:
            request.add_header("St2-Api-Key", str(api_key))
        if self.basic_auth:
            pair = base64.b64encode(":".join(self.basic_auth).encode("utf-8")).decode("ascii")
            request.add_header("Authorization", "Basic " + pair)
        try:
            answer = urllib.request.urlopen(request, timeout=TIMEOUT_SECONDS, context=self._tls())
        except urllib.error.HTTPError as error:
            answer = error
        with answer:
            return Response(answer.status, answer.reason or "", answer.headers, answer.read(), address)

    def _tls(self):
        """Certificates are only checked against an authority that is named, as upstream has it."""
        if not self.root.startswith("https"):
            return None
        if self.cacert and isinstance(self.cacert, str):
            return ssl.create_default_context(cafile=self.cacert)
        context = ssl.create_default_context()
        if not self.cacert:
            context.check_hostname = False
            context.verify_mode = ssl.CERT_NONE
        return context


def _fault(response):
    try:
        body = response.json()
    except ValueError:
        return ""
    return body.get("faultstring", "") if isinstance(body, dict) else ""


class _HTTPError(OSError):
    def __init__(self, *args, response=None):
        super().__init__(*args)
        self.response = response


def _error_class():
    """The class that `requests` has, when the pack uses it: that is what it catches."""
    requests = sys.modules.get("requests")
    return _HTTPError if requests is None else requests.exceptions.HTTPError
