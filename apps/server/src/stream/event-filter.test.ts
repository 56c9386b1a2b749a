import { describe, expect, it } from 'vitest'
import { streamFilter, type StreamEvent, type StreamRequest } from './event-filter.ts'

const NOTHING: StreamRequest = {
  events: undefined,
  actionRefs: undefined,
  executionIds: undefined,
  endEvent: undefined,
  endExecutionId: undefined,
}

function event(name: string, changes: Partial<StreamEvent> = {}): StreamEvent {
  return {
    name,
    id: 'e1',
    status: 'running',
    actionRef: 'core.local',
    executionId: 'e1',
    isTopLevel: true,
    ...changes,
  }
}

describe('streamFilter', () => {
  it.each([
    ['st2.execution__update', true],
    ['st2.liveaction__create', true],
    ['st2.announcement__chatops', true],
    ['st2.execution.output__create', false],
    ['st2.actionalias__create', false],
  ])('without a wish: %s is sent: %s', (name, isSent) => {
    expect(streamFilter(NOTHING).wants(event(name))).toBe(isSent)
  })

  it('reads event names as shell patterns', () => {
    const filter = streamFilter({ ...NOTHING, events: ['st2.execution*', 'x[!a]?'] })
    expect(filter.wants(event('st2.execution.output__create'))).toBe(true)
    expect(filter.wants(event('st2.liveaction__create'))).toBe(false)
    expect(filter.wants(event('xbc'))).toBe(true)
    expect(filter.wants(event('xac'))).toBe(false)
  })

  it('takes an unclosed bracket for itself', () => {
    expect(streamFilter({ ...NOTHING, events: ['a[b'] }).wants(event('a[b'))).toBe(true)
  })

  it('drops events without an execution id when ids are asked for', () => {
    const filter = streamFilter({ ...NOTHING, executionIds: ['e1'] })
    expect(filter.wants(event('st2.execution__update'))).toBe(true)
    expect(filter.wants(event('st2.execution__update', { executionId: 'e2' }))).toBe(false)
    expect(filter.wants(event('st2.liveaction__update', { executionId: null }))).toBe(false)
  })

  it('keeps only the named actions', () => {
    const filter = streamFilter({ ...NOTHING, actionRefs: ['core.noop'] })
    expect(filter.wants(event('st2.execution__update'))).toBe(false)
    expect(filter.wants(event('st2.execution__update', { actionRef: 'core.noop' }))).toBe(true)
    expect(filter.wants(event('st2.announcement__x', { actionRef: null }))).toBe(false)
  })

  it('ends with a completed status of the named execution', () => {
    const filter = streamFilter({ ...NOTHING, endEvent: 'st2.execution__update', endExecutionId: 'e1' })
    expect(filter.ends(event('st2.execution__update'))).toBe(false)
    expect(filter.ends(event('st2.execution__update', { id: 'e1', status: 'failed' }))).toBe(true)
    expect(filter.ends(event('st2.execution__update', { id: 'e2', status: 'failed' }))).toBe(false)
    expect(filter.ends(event('st2.liveaction__update', { id: 'e1', status: 'failed' }))).toBe(false)
  })
})
