"""Templates, with the jinja2 of the pack's virtualenv."""
import json
import re

__all__ = ["get_jinja_environment", "is_jinja_expression", "render_values"]

JINJA_EXPRESSIONS_START_MARKERS = ["{{", "{%"]


def get_jinja_environment(allow_undefined=False, trim_blocks=True, lstrip_blocks=True):
    jinja2, sandbox = _jinja2()
    undefined = jinja2.Undefined if allow_undefined else jinja2.StrictUndefined
    environment = sandbox.SandboxedEnvironment(
        undefined=undefined, trim_blocks=trim_blocks, lstrip_blocks=lstrip_blocks
    )
    environment.filters.update(_FILTERS)
    environment.tests["in"] = lambda item, items: item in items
    return environment


def is_jinja_expression(value):
    return isinstance(value, str) and any(marker in value for marker in JINJA_EXPRESSIONS_START_MARKERS)


def render_values(mapping=None, context=None, allow_undefined=False):
    """Renders every value; one that was no text is read back as JSON when it can be."""
    if not context or not mapping:
        return mapping
    environment = get_jinja_environment(allow_undefined=allow_undefined)
    names = dict(context)
    if allow_undefined:
        names["_"] = {}
    return {key: _render(environment, value, names) for key, value in mapping.items()}


def _render(environment, value, names):
    if value is None:
        return None
    text = value if isinstance(value, str) else json.dumps(value)
    if not is_jinja_expression(text):
        return value
    rendered = environment.from_string(text).render(names)
    if isinstance(value, str):
        return rendered
    try:
        return json.loads(rendered)
    except ValueError:
        return rendered


def _jinja2():
    try:
        import jinja2
        from jinja2 import sandbox
    except ImportError as error:
        raise ImportError('templates need jinja2: add it to the requirements.txt of the pack (%s)' % error) from error
    return jinja2, sandbox


_FILTERS = {
    "from_json_string": json.loads,
    "to_json_string": lambda value, indent=None, sort_keys=False, separators=(",", ": "): json.dumps(
        value, indent=indent, sort_keys=sort_keys, separators=separators
    ),
    "regex_match": lambda value, pattern="", ignorecase=False: bool(
        re.match(pattern, value, re.IGNORECASE if ignorecase else 0)
    ),
    "regex_search": lambda value, pattern="", ignorecase=False: bool(
        re.search(pattern, value, re.IGNORECASE if ignorecase else 0)
    ),
    "regex_replace": lambda value="", pattern="", replacement="", ignorecase=False: re.sub(
        pattern, replacement, value, flags=re.IGNORECASE if ignorecase else 0
    ),
    "use_none": lambda value: "%*****__%NONE%__*****%" if value is None else value,
}
