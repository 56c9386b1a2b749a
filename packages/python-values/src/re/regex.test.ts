import { describe, expect, it } from 'vitest'
import { withValueLimits, DEFAULT_VALUE_LIMITS } from '../limits.ts'
import { Regex } from './regex.ts'

describe('Regex', () => {
  it('ends a pattern that explodes with a clear error', () => {
    const text = `${'a'.repeat(40)}!`
    expect(() => new Regex('(a+)+$').match(text)).toThrow('the expression exceeds its limit of regexSteps (5000000)')
  })

  it('obeys the limits in force', () => {
    const limits = { ...DEFAULT_VALUE_LIMITS, regexSteps: 100, regexDepth: 2, regexRepetitions: 9, regexSize: 50 }
    const failing = (pattern: string) => () => withValueLimits(limits, () => new Regex(pattern).match('a'.repeat(40)))
    expect(failing('(a+)+$b')).toThrow('regexSteps (100)')
    expect(failing('(((a)))')).toThrow('regexDepth (2)')
    expect(failing('a{10}')).toThrow('regexRepetitions (9)')
    expect(failing('((abcdefg){9}){9}')).toThrow('regexSize (50)')
  })

  it('reports its steps so that a caller can end it earlier', () => {
    let reports = 0
    const onStep = (): void => {
      if (++reports === 50) throw new Error('enough')
    }
    expect(() => new Regex('(a|a)*$', { onStep }).match(`${'a'.repeat(40)}!`)).toThrow('enough')
    expect(reports).toBe(50)
  })

  it('walks long texts without using up the stack', () => {
    const text = 'ab'.repeat(100_000)
    expect(new Regex('(?:ab)*$').match(text)?.end).toBe(200_000)
  })

  it('refuses patterns that unfold to too many steps', () => {
    expect(() => new Regex('((a|b){1000}){1000}')).toThrow('regexSize (50000)')
  })

  it('refuses groups nested too deeply', () => {
    expect(() => new Regex('('.repeat(5000) + ')'.repeat(5000))).toThrow('regexDepth (100)')
  })

  it('counts places in code points', () => {
    expect(new Regex('b').search('😀b')?.start).toBe(1)
  })

  it('gives groups by name', () => {
    const regex = new Regex('(?P<user>\\w+)@(?P<host>\\w+)')
    const match = regex.search('mail bo@example')
    expect(match?.groups[regex.names.get('host') ?? -1]).toBe('example')
  })
})
