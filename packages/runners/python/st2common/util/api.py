"""Where the API is."""
import os

__all__ = ["get_base_public_api_url", "get_full_public_api_url"]


def get_full_public_api_url(api_version="v1"):
    """With the version, without a slash at the end."""
    url = os.environ.get("ST2_ACTION_API_URL") or os.environ.get("ST2_API_URL")
    return url.rstrip("/") if url else "http://127.0.0.1:9101/%s" % api_version


def get_base_public_api_url():
    url = get_full_public_api_url()
    base, _, version = url.rpartition("/")
    return base if version.startswith("v") and version[1:].isdigit() else url
