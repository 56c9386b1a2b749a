import { describe, expect, it } from 'vitest'
import { hasVersion, wantedRange } from './byte-range.ts'

describe('the range of a request', () => {
  it.each([
    [undefined, 'whole'],
    ['bytes=0-9', { start: 0, end: 10 }],
    ['bytes=90-', { start: 90, end: 100 }],
    ['bytes=99-99', { start: 99, end: 100 }],
    ['bytes=50-1000', { start: 50, end: 100 }],
    ['bytes=-10', { start: 90, end: 100 }],
    ['bytes=-1000', { start: 0, end: 100 }],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=100-200', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=9-5', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['lines=0-1', 'whole'],
    ['bytes=a-b', 'whole'],
  ])('%s', (range, wanted) => {
    expect(wantedRange(range === undefined ? {} : { range }, '"e"', 100)).toEqual(wanted)
  })

  it('counts for the version it names only', () => {
    expect(wantedRange({ range: 'bytes=0-9', 'if-range': '"e"' }, '"e"', 100)).toEqual({ start: 0, end: 10 })
    expect(wantedRange({ range: 'bytes=0-9', 'if-range': '"old"' }, '"e"', 100)).toBe('whole')
  })
})

describe('a client has a version', () => {
  it.each([
    [undefined, false],
    ['"e"', true],
    ['W/"e"', true],
    ['"a", "e"', true],
    ['*', true],
    ['"a"', false],
  ])('when it names %s: %s', (tags, isKnown) => {
    expect(hasVersion(tags === undefined ? {} : { 'if-none-match': tags }, '"e"')).toBe(isKnown)
  })
})
