import { describe, expect, it } from 'vitest'
import { describeTrigger } from './describe-trigger.ts'

describe('describeTrigger', () => {
  it.each([
    ['core.st2.webhook', { url: '/github/' }, 'a request arrives at the webhook github'],
    ['core.st2.IntervalTimer', { unit: 'seconds', delta: 5 }, 'every 5 seconds'],
    ['core.st2.IntervalTimer', { unit: 'hours', delta: 1 }, 'every hour'],
    [
      'core.st2.DateTimer',
      { date: '2026-12-24 18:00', timezone: 'Europe/Berlin' },
      'once, at 2026-12-24 18:00 (Europe/Berlin)',
    ],
    ['core.st2.CronTimer', { hour: 4, minute: 5 }, 'at 04:05, every day'],
    [
      'core.st2.CronTimer',
      { hour: '4', minute: 5, second: 30, day_of_week: 0, timezone: 'UTC' },
      'at 04:05:30, day of week Monday (UTC)',
    ],
    [
      'core.st2.CronTimer',
      { day: '1', hour: '*', minute: '*/5', second: 0 },
      'on the schedule day 1, minute */5, second 0',
    ],
    ['core.st2.CronTimer', { second: '*/2' }, 'on the schedule second */2'],
    ['core.st2.generic.actiontrigger', {}, 'an action ends'],
    ['linux.file_watch.line', { file_path: '/tmp/x' }, 'linux.file_watch.line happens with file_path /tmp/x'],
    ['pack.event', {}, 'pack.event happens'],
  ])('%s %j', (type, parameters, text) => {
    expect(describeTrigger(type, parameters).text).toBe(text)
  })

  it('has a short name for a webhook', () => {
    expect(describeTrigger('core.st2.webhook', { url: '/github/' }).name).toBe('webhook github')
    expect(describeTrigger('core.st2.IntervalTimer', { unit: 'days', delta: 1 }).name).toBe('every day')
  })
})
