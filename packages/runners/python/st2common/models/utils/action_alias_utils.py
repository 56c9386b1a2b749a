"""
Commands of ChatOps against the format strings of action aliases.

A format is a regular expression in which `{{ name }}` stands for a parameter and `{{ name = default }}` for one that may
be left out. `key=value` pairs at the end of a command are parameters besides.
"""
import re

from st2common.exceptions.content import ParseException

__all__ = ["extract_parameters", "extract_parameters_for_action_alias_db"]

_QUOTED = r"""''|""|'[^']+'|"[^"]+"|\{.+?\}"""

_TAIL = re.compile(r"(?:^|\s+)(?P<key>[^\s=]+)=(?P<value>%s|\S+)\s*$" % _QUOTED, re.DOTALL)

_PARAMETER = re.compile(r"(?P<space>\s*)\{\{\s*(?P<name>\S+?)\s*(?:=\s*(?P<default>%s|.+?)\s*)?\}\}" % _QUOTED, re.DOTALL)

#: What stands for a parameter: in quotes up to the next one, in braces, or as little as possible.
_VALUE = r"""["']?(?P<%s>(?<=')[^']+(?=')|(?<=")[^"]+(?=")|\{.+?\}|.+?)["']?"""

_ANCHOR_AT_START = re.compile(r"(?<!\\)(?:\^(?<!\[\^)|\\A)")
_ANCHOR_AT_END = re.compile(r"(?<!\\)(?:\$|\\Z)")


def extract_parameters(format_str, param_stream, match_multiple=False):
    """
    The parameters of the command, a list of them with `match_multiple`.

    Raises ParseException when the command does not fit.
    """
    command, pairs = _cut_pairs(param_stream or "")
    defaults = {found["name"]: _unquoted(found["default"]) for found in _parameters(format_str) if found["default"]}
    pattern = _pattern(format_str)
    padded = " %s " % command
    if match_multiple:
        return [_values(match, pairs, defaults, format_str, command) for match in pattern.finditer(padded)]
    match = pattern.search(padded)
    if match is None:
        raise ParseException('Command "%s" doesn\'t match format string "%s"' % (param_stream, format_str))
    return _values(match, pairs, defaults, format_str, command)


def extract_parameters_for_action_alias_db(action_alias_db, format_str, param_stream, match_multiple=False):
    if format_str not in action_alias_db.get_format_strings():
        raise ValueError('Format string "%s" is not available on the alias "%s"' % (format_str, action_alias_db.name))
    return extract_parameters(format_str, param_stream, match_multiple=match_multiple)


def _cut_pairs(command):
    pairs = {}
    match = _TAIL.search(command)
    while match is not None:
        pairs[match["key"]] = _unquoted(match["value"])
        command = command[: match.start()]
        match = _TAIL.search(command)
    return command, pairs


def _parameters(format_str):
    return [match.groupdict() for match in _PARAMETER.finditer(format_str or "")]


def _pattern(format_str):
    def stands_for(match):
        value = match["space"] + _VALUE % match["name"]
        return "(?:%s)?" % value if match["default"] else value

    text = _PARAMETER.sub(stands_for, format_str or "")
    start = "" if _ANCHOR_AT_START.search(format_str or "") else r"^\s*"
    end = "" if _ANCHOR_AT_END.search(format_str or "") else r"\s*$"
    return re.compile(start + text + end, re.DOTALL)


def _values(match, pairs, defaults, format_str, command):
    values = match.groupdict()
    for name, default in defaults.items():
        if not values.get(name):
            # NOTE: the text None stays a text, as the platform has it for commands.
            values[name] = default
    values.update(pairs)
    if format_str and not command.strip() and not any(values.values()):
        raise ParseException("No value supplied and no default value found.")
    return values


def _unquoted(text):
    return text[1:-1] if len(text) > 1 and text[0] == text[-1] and text[0] in "\"'" else text
