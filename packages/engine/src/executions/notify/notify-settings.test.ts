import type { Action } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { effectiveNotify, hasSections, sectionsFor, standardMessage } from './notify-settings.ts'

const names = (status: Parameters<typeof sectionsFor>[0]) =>
  sectionsFor(status, { 'on-complete': {}, 'on-success': {}, 'on-failure': {} }).map(({ name }) => name)

describe('sections', () => {
  it.each([
    ['succeeded', ['on-complete', 'on-success']],
    ['failed', ['on-complete', 'on-failure']],
    ['timeout', ['on-complete', 'on-failure']],
    ['abandoned', ['on-complete', 'on-failure']],
    ['canceled', ['on-complete']],
  ] as const)('of an execution that ended %s, in order', (status, expected) => {
    expect(names(status)).toEqual(expected)
  })

  it('prefer routes to channels, and have a route of their own without either', () => {
    const routes = (section: Record<string, unknown>) => sectionsFor('canceled', { 'on-complete': section })[0]?.routes
    expect(routes({ routes: ['a', 'b'], channels: ['c'] })).toEqual(['a', 'b'])
    expect(routes({ routes: [], channels: ['c'] })).toEqual(['c'])
    expect(routes({ channels: [null, ''] })).toEqual(['notify.default'])
    expect(routes({ message: 'x' })).toEqual(['notify.default'])
  })

  it('have the standard text when they bring none', () => {
    expect(sectionsFor('canceled', { 'on-complete': { message: '' } })[0]?.message).toBeNull()
    expect(standardMessage('on-failure', 'core.local')).toBe('Action core.local failed.')
  })
})

describe('effectiveNotify', () => {
  const action = (notify: Action['notify']) => ({ notify }) as Action

  it('takes the settings of the action, all of them and nothing else, when there are any', () => {
    const own = { 'on-failure': { message: 'own' } }
    expect(effectiveNotify(action(own), { 'on-success': { message: 'asked for' } })).toEqual(own)
    expect(effectiveNotify(action({}), { 'on-success': {} })).toEqual({ 'on-success': {} })
    expect(effectiveNotify(action({}), undefined)).toBeUndefined()
  })

  it('knows settings without a section as none', () => {
    expect(hasSections({})).toBe(false)
    expect(hasSections({ 'on-complete': null })).toBe(false)
    expect(hasSections({ 'on-complete': {} })).toBe(true)
  })
})
