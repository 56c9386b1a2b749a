"""Records what yaql 3.2.0 makes of the expressions in yaql-cases.txt, into yaql.json.

Run it with Python 3.11 in an environment that has the package yaql==3.2.0: python record-yaql.py
"""

import collections.abc
import datetime
import json
import os
import pathlib
import platform
import re
import signal
import sys
import time
import warnings

os.environ['TZ'] = 'UTC'
time.tzset()
warnings.simplefilter('ignore')

import dateutil.parser  # noqa: E402
import yaql  # noqa: E402
import yaql.standard_library.date_time as yaql_dates  # noqa: E402
import yaql.standard_library.math as yaql_math  # noqa: E402
from yaql.language import contexts, utils  # noqa: E402

HERE = pathlib.Path(__file__).parent
NOW = datetime.datetime(2024, 5, 17, 10, 20, 30, 123456, tzinfo=datetime.timezone.utc)

DATA = {
    'a': 1,
    'big': 2 ** 70,
    'pi': 3.14159,
    'whole': 2.0,
    's': 'abc',
    'text': 'The quick brown fox',
    'uni': 'h\u00e9llo \u4e16\u754c \U0001f600!',
    'empty': '',
    'n': None,
    'b': True,
    'no': False,
    'l': [3, 1, 2],
    'words': ['pear', 'Apple', 'fig'],
    'none': [],
    'mixed': [1, 'a', None, 2.5, True],
    'nested': [[1, 2], [3, [4, 5]], []],
    'd': {'x': 1, 'y': {'z': [1, 2]}},
    'm': {'k': 'v', 'num': 5, 'nothing': None, 'a b': 2, 'items': 'shadow'},
    'nodict': {},
    'dd': [{'k': 'a', 'v': 1}, {'k': 'b', 'v': 2}, {'k': 'a', 'v': 3}],
    'people': [
        {'name': 'bo', 'age': 30, 'tags': ['x']},
        {'name': 'Al', 'age': 25, 'tags': []},
        {'name': 'cy', 'age': 30, 'tags': ['y', 'z']},
    ],
    'when': '2015-09-29T10:20:30.5+02:00',
    'constructor': 'own',
}


class Clock(type):
    """Stands for the datetime class where the library asks for the time."""

    def __call__(cls, *args, **kwargs):
        return datetime.datetime(*args, **kwargs)

    def __instancecheck__(cls, value):
        return isinstance(value, datetime.datetime)


class FixedDateTime(metaclass=Clock):
    strptime = datetime.datetime.strptime
    fromtimestamp = datetime.datetime.fromtimestamp

    @staticmethod
    def now(tz=None):
        return NOW.astimezone(tz) if tz is not None else NOW.replace(tzinfo=None)


class FixedParser:
    @staticmethod
    def parse(text):
        return dateutil.parser.parse(text, default=NOW.replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None))


class FixedRandom:
    """Gives one half; integers lie in the middle of their range."""

    @staticmethod
    def random():
        return 0.5

    @staticmethod
    def randint(low, high):
        import random
        random.randint(low, high)
        return int(low) + (int(high) - int(low) + 1) // 2


yaql_dates.DATETIME_TYPE = FixedDateTime
yaql_dates.parser = FixedParser
yaql_math.random = FixedRandom
dateutil.parser._parser.DEFAULTPARSER.info._year = NOW.year
dateutil.parser._parser.DEFAULTPARSER.info._century = NOW.year // 100 * 100

ENGINE = yaql.language.factory.YaqlFactory().create()
ROOT = yaql.create_context()
INPUT = utils.convert_input_data(DATA)


def encode(value):
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2 ** 53 else {'$int': str(value)}
    if isinstance(value, float):
        return {'$float': repr(value)}
    if isinstance(value, list):
        return [encode(item) for item in value]
    if isinstance(value, tuple):
        return {'$tuple': [encode(item) for item in value]}
    if isinstance(value, (set, frozenset)):
        return {'$set': sorted((encode(item) for item in value), key=lambda item: json.dumps(item))}
    if isinstance(value, dict):
        return {'$dict': [[encode(key), encode(item)] for key, item in value.items()]}
    if isinstance(value, datetime.datetime):
        return {'$datetime': str(value)}
    if isinstance(value, datetime.timedelta):
        return {'$timespan': str(value)}
    if isinstance(value, re.Pattern):
        return {'$regex': repr(value)}
    if isinstance(value, contexts.ContextBase):
        return {'$object': 'Context'}
    return {'$object': type(value).__name__}


def fixed(text):
    """Addresses say nothing."""
    return re.sub(r' at 0x[0-9a-f]+', ' at 0x7f0000000000', text)


def decode_text(value):
    if isinstance(value, str):
        return fixed(value)
    if isinstance(value, list):
        return [decode_text(item) for item in value]
    if isinstance(value, dict):
        return {key: decode_text(item) for key, item in value.items()}
    return value


def error(exception):
    return {'error': type(exception).__name__, 'text': fixed(str(exception))}


class TooLong(BaseException):
    pass


def give_up(_signal, _frame):
    raise TooLong


def evaluate(source, seconds=2):
    signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        context = contexts.Context(ROOT)
        context['$'] = INPUT
        return {'result': decode_text(encode(ENGINE(source).evaluate(context=context)))}
    except TooLong:
        return {'error': 'TooLong', 'text': ''}
    except RecursionError:
        return {'error': 'RecursionError', 'text': ''}
    except Exception as exception:
        return error(exception)
    finally:
        signal.alarm(0)


def cases():
    section = ''
    seen = set()
    for line in (HERE / 'yaql-cases.txt').read_text(encoding='utf-8').split('\n'):
        if line.startswith('## '):
            section = line[3:]
        elif line != '' and not line.startswith('# ') and line not in seen:
            seen.add(line)
            yield section, json.loads(line[5:]) if line.startswith('json:') else line


def main():
    recorded = [{'section': section, 'source': source, **evaluate(source)} for section, source in cases()]
    header = {
        'recorded_with': f'yaql 3.2.0, Python {platform.python_version()}',
        'now': int(NOW.timestamp()) * 1000000 + NOW.microsecond,
        'data': encode(DATA),
    }
    lines = ',\n'.join(json.dumps(case) for case in recorded)
    text = json.dumps(header)[:-1] + ', "cases": [\n' + lines + '\n]}\n'
    (HERE / 'yaql.json').write_text(text, encoding='utf-8')
    print(f'{len(recorded)} cases')


if __name__ == '__main__':
    sys.setrecursionlimit(3000)
    main()
