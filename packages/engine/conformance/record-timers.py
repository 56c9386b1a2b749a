#!/usr/bin/env python3
"""Records when timers fire, into timers.json.

Needs APScheduler 3.10.4, pytz, tzlocal and python-dateutil 2.9: python record-timers.py > timers.json
"""
import json
import sys
from datetime import datetime, timedelta

import pytz
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger
from dateutil import parser

CRON = 'core.st2.CronTimer'
INTERVAL = 'core.st2.IntervalTimer'
DATE = 'core.st2.DateTimer'
# Of timers that name no zone.
LOCAL_ZONE = 'America/New_York'
FIRES = 6

# Moments around which zones change their offset, leap days, ends of years and months.
BERLIN = 'Europe/Berlin'
NEW_YORK = 'America/New_York'
LORD_HOWE = 'Australia/Lord_Howe'
KOLKATA = 'Asia/Kolkata'
DST_NIGHTS = [
    (BERLIN, '2026-03-28T22:00:00'), (BERLIN, '2026-10-24T22:00:00'),
    (NEW_YORK, '2026-03-08T04:00:00'), (NEW_YORK, '2026-11-01T03:00:00'),
    (LORD_HOWE, '2026-10-03T13:00:00'), (LORD_HOWE, '2026-04-04T13:00:00'),
    (KOLKATA, '2026-03-28T22:00:00'), ('UTC', '2026-10-24T22:00:00'),
    ('America/Santiago', '2026-09-06T02:00:00'), ('America/Santiago', '2026-04-05T01:00:00'),
    ('Europe/Dublin', '2026-03-28T23:00:00'), ('Europe/Dublin', '2026-10-24T23:00:00'),
    ('Africa/Casablanca', '2026-02-15T00:00:00'), ('Africa/Casablanca', '2026-03-22T00:00:00'),
    ('Pacific/Chatham', '2026-04-04T12:00:00'), ('Pacific/Chatham', '2026-09-26T12:00:00'),
]
NIGHT_CRONS = [
    {'hour': '2', 'minute': '30'},
    {'hour': 1, 'minute': 45},
    {'hour': '*', 'minute': '0'},
    {'minute': '*/20'},
    {'hour': '0-3', 'minute': '15,45'},
    {'day': '*', 'hour': '0'},
]
CALENDAR_CRONS = [
    {}, {'second': '*/15'}, {'second': 7}, {'minute': '5'}, {'hour': '3'}, {'day': '13'}, {'month': '2'},
    {'year': '2027'}, {'year': '2026-2030/2'}, {'year': '2020'}, {'week': '1'}, {'week': 53}, {'week': '9-10', 'hour': '6'},
    {'day_of_week': '0'}, {'day_of_week': 6}, {'day_of_week': 'mon'}, {'day_of_week': 'MON-fri', 'hour': '9'},
    {'day_of_week': 'sat,sun', 'hour': '10', 'minute': '30'}, {'day_of_week': '1-5/2'}, {'day_of_week': '*/3'},
    {'day': 'last'}, {'day': 'LAST', 'hour': '23', 'minute': '59', 'second': '59'}, {'day': '31'}, {'day': '30,31'},
    {'day': '29', 'month': '2'}, {'day': '30', 'month': '2', 'year': '2026-2030'}, {'day': '1st mon'}, {'day': '2nd tue', 'hour': '8'}, {'day': '3rd Wed'},
    {'day': '4th thu'}, {'day': '5th fri'}, {'day': 'last fri', 'hour': '17'}, {'day': 'last sun,1st sun'}, {'day': 'last', 'month': 'feb'},
    {'day': '1-10/3'}, {'day': '*/10'}, {'month': 'jan-mar', 'day': '15'}, {'month': 'DEC'}, {'month': '*/5'}, {'month': '3-11/4'},
    {'month': 'jan,jul', 'day_of_week': 'wed'}, {'hour': '*/6'}, {'hour': '5-23/9', 'minute': '1'}, {'hour': '0,12'},
    {'minute': '59', 'second': '58-59'}, {'minute': '10-50/20', 'second': '30'}, {'hour': '23', 'minute': '59', 'second': '59'},
    {'day': '13', 'day_of_week': 'fri'}, {'week': '*/26', 'day_of_week': 'thu'}, {'day': '1', 'month': '1', 'week': '53'},
    {'day': '1 , 15 ,last'}, {'hour': ' 4 '}, {'second': '0-59'}, {'minute': '0-0'}, {'month': 'jan/2'}, {'year': '*/3'}, {'year': 9999},
    {'day': '28-31', 'month': 'feb'}, {'day_of_week': 'sun', 'day': '1-7', 'hour': '2'}, {'minute': '5/20'},
]
CALENDAR_STARTS = ['2026-01-31T23:59:58.500', '2028-02-28T12:00:00']
ERRORS = [
    {'minute': '99'}, {'second': '60'}, {'hour': '24'}, {'day': '0'}, {'month': '13'}, {'week': '54'}, {'day_of_week': '7'},
    {'minute': 'x'}, {'minute': '*/0'}, {'minute': '*/60'}, {'minute': '5-1'}, {'minute': '50/20'}, {'minute': ''},
    {'month': 'foo'}, {'month': 'jan-foo'}, {'month': 'dec-jan'}, {'day_of_week': 'sun-tue'}, {'day_of_week': 'xyz'},
    {'day': '6th mon'}, {'day': '1st foo'}, {'day': 'first'}, {'year': '1969'}, {'year': '10000'}, {'hour': '1,,2'}, {'hour': '-1'},
    {'hour': '0-0/5'}, {'day': '1st 0'}, {'hour': '1-2-3'}, {'second': 'last'}, {'day': '1-31/40'}, {'year': '*/9000'}, {'minute': '70/5'},
]
INTERVALS = [
    {'unit': 'seconds', 'delta': 1}, {'unit': 'seconds', 'delta': 0}, {'unit': 'seconds', 'delta': 90}, {'unit': 'minutes', 'delta': 45},
    {'unit': 'hours', 'delta': 1}, {'unit': 'days', 'delta': 1}, {'unit': 'weeks', 'delta': 2},
]
DATES = [
    '2026-03-29 02:30:00', '2026-10-25 02:30:00', '2026-10-25T02:30:00Z', '2026-10-25T02:30:00+05:30', 'Oct 25 2026 3am', '25.10.2026 02:15',
    '2026-12-31 23:59:59', '2014-12-31 23:59:59', '20261101T013000', '2026-11-01 01:30 UTC', 'Sun Nov 1 01:30:00 2026', '2026-11-01', '13:37', 'tomorrow', '', '2026-13-45',
]


def utc(text):
    return pytz.utc.localize(datetime.fromisoformat(text))


def instant(moment):
    text = moment.astimezone(pytz.utc).strftime('%Y-%m-%dT%H:%M:%S')
    return text + ('.%03d' % (moment.microsecond // 1000) if moment.microsecond else '') + 'Z'


def fires_of(trigger, now, count):
    fires = []
    fire = trigger.get_next_fire_time(None, now)
    while fire is not None and len(fires) < count:
        fires.append(instant(fire))
        fire = trigger.get_next_fire_time(fire, fire)
    return fires


def trigger_of(kind, parameters, now):
    zone = pytz.timezone(parameters.get('timezone', LOCAL_ZONE))
    if kind == CRON:
        return CronTrigger(**dict(parameters, timezone=zone))
    if kind == INTERVAL:
        interval = {parameters['unit']: parameters['delta']}
        length = timedelta(**interval) or timedelta(seconds=1)
        return IntervalTrigger(**interval, timezone=zone, start_date=now + length)
    today = now.astimezone(pytz.timezone(LOCAL_ZONE)).replace(hour=0, minute=0, second=0, microsecond=0, tzinfo=None)
    return DateTrigger(parser.parse(parameters['date'], default=today), timezone=zone)


def case(kind, parameters, start, count=FIRES):
    row = {'type': kind, 'parameters': parameters, 'from': start + 'Z'}
    now = utc(start)
    try:
        trigger = trigger_of(kind, parameters, now)
    except (ValueError, pytz.UnknownTimeZoneError) as error:
        # The texts of dates are dateutil's own business: that it is an error counts.
        return dict(row, error=str(error) if kind == CRON else True)
    if kind == DATE and trigger.run_date < now:
        return dict(row, fires=[])
    return dict(row, fires=fires_of(trigger, now, count))


def cases():
    for zone, start in DST_NIGHTS:
        for cron in NIGHT_CRONS:
            yield case(CRON, dict(cron, timezone=zone), start, 30 if cron.get('minute') == '*/20' else 12)
        yield case(INTERVAL, {'unit': 'minutes', 'delta': 90, 'timezone': zone}, start, 8)
    for start in CALENDAR_STARTS:
        for cron in CALENDAR_CRONS:
            yield case(CRON, dict(cron, timezone='UTC'), start)
    for cron in CALENDAR_CRONS[::3]:
        yield case(CRON, cron, '2026-06-30T23:00:00')
        yield case(CRON, dict(cron, timezone=KOLKATA), '2026-12-31T18:29:59')
    for cron in ERRORS:
        yield case(CRON, cron, '2026-01-01T00:00:00')
    for interval in INTERVALS:
        yield case(INTERVAL, interval, '2026-03-08T06:30:00')
    for date in DATES:
        for zone in (None, BERLIN, LORD_HOWE):
            yield case(DATE, dict({'date': date}, **({'timezone': zone} if zone else {})), '2026-03-01T12:00:00')


def simulated_day():
    """A night and a day in which Berlin changes its clock, by all timers at once."""
    start, end = utc('2026-03-28T20:00:00'), utc('2026-03-29T20:00:00')
    timers = [
        (CRON, {'minute': '0', 'timezone': BERLIN}), (CRON, {'hour': '2', 'minute': '30', 'timezone': BERLIN}),
        (CRON, {'hour': '*/3', 'minute': '15', 'timezone': NEW_YORK}), (CRON, {'day_of_week': 'sun', 'hour': '6', 'timezone': 'UTC'}),
        (CRON, {'minute': '*/10', 'second': '30', 'timezone': KOLKATA}),
        (INTERVAL, {'unit': 'minutes', 'delta': 7}), (INTERVAL, {'unit': 'hours', 'delta': 5}),
        (DATE, {'date': '2026-03-29 03:00:00', 'timezone': BERLIN}), (DATE, {'date': '2026-03-29T15:30:00Z'}),
    ]
    rows = []
    for kind, parameters in timers:
        fires, trigger = [], trigger_of(kind, parameters, start)
        fire = trigger.get_next_fire_time(None, start)
        while fire is not None and fire <= end:
            fires.append(instant(fire))
            fire = trigger.get_next_fire_time(fire, fire)
        rows.append({'type': kind, 'parameters': parameters, 'fires': fires})
    return {'from': '2026-03-28T20:00:00Z', 'to': '2026-03-29T20:00:00Z', 'timers': rows}


json.dump({'local_zone': LOCAL_ZONE, 'timers': list(cases()), 'day': simulated_day()}, sys.stdout, indent=1)
print()
