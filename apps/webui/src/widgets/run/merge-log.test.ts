import { describe, expect, it } from 'vitest'
import { faultEntries, filterLog, logText, mergeLog, type TimedLine } from './merge-log.ts'
import { childOf, SECONDS_0 } from './test-executions.ts'

const line = (seconds: number, text: string, stream: TimedLine['stream'] = 'stdout'): TimedLine => ({
  at: SECONDS_0 + seconds * 1000,
  stream,
  text,
  carried: '',
})
const first = childOf('a', [
  ['running', 0],
  ['succeeded', 4],
])
const second = childOf('b', [
  ['running', 1],
  ['failed', 5],
])
const log = mergeLog([
  { execution: first, task: 'a', title: 'a', lines: [line(2, 'two'), line(1.5, 'back in time'), line(3, 'three')] },
  { execution: second, task: 'b', title: 'b, item 1', lines: [line(2.5, 'Oops', 'stderr')] },
])

describe('the log of a run', () => {
  it('is in the order of time, and keeps the order of each execution', () => {
    expect(log.map(({ title, text }) => `${title} ${text}`)).toEqual([
      'a running',
      'b, item 1 running',
      'a two',
      'a back in time',
      'b, item 1 Oops',
      'a three',
      'a succeeded',
      'b, item 1 failed',
    ])
  })

  it('tells that something waited only when it waited long', () => {
    const waits = childOf('c', [
      ['requested', 0],
      ['scheduled', 0.5],
      ['running', 5],
    ])
    const told = mergeLog([{ execution: waits, task: 'c', title: 'c', lines: [] }])
    expect(told.map(({ text }) => text)).toEqual(['scheduled', 'running'])
  })

  it('names lines by their execution, so that links last', () => {
    expect(log.map(({ key }) => key)).toContain('a-1-0.2')
    expect(new Set(log.map(({ key }) => key)).size).toBe(log.length)
  })

  it('is filtered by task, by level and by text', () => {
    const texts = (filter: Partial<Parameters<typeof filterLog>[1]>) =>
      filterLog(log, { task: '', level: 'all', text: '', ...filter }).map(({ text }) => text)
    expect(texts({ task: 'b' })).toEqual(['running', 'Oops', 'failed'])
    expect(texts({ level: 'error' })).toEqual(['Oops', 'failed'])
    expect(texts({ level: 'status' })).toEqual(['running', 'running', 'succeeded', 'failed'])
    expect(texts({ level: 'output' })).toEqual(['two', 'back in time', 'Oops', 'three'])
    expect(texts({ text: 'OOPS' })).toEqual(['Oops'])
    expect(filterLog(log, { task: '', level: 'all', text: '' })).toBe(log)
  })

  it('has what the workflow noted, under the task or as its own', () => {
    const faults = faultEntries('run', [
      { at: SECONDS_0 + 2200, task: 'a', text: 'The variable "x" is undefined.' },
      { at: SECONDS_0 + 9000, task: '', text: 'No output.' },
    ])
    const told = mergeLog([{ execution: first, task: 'a', title: 'a', lines: [] }], faults)
    expect(told.map(({ title, level, text }) => `${title} ${level} ${text}`)).toEqual([
      'a status running',
      'a error The variable "x" is undefined.',
      'a status succeeded',
      'workflow error No output.',
    ])
  })

  it('can be copied as text', () => {
    expect(logText(log.slice(0, 1))).toBe('2026-01-01T00:00:00.000Z a status running')
  })
})
