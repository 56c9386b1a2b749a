import { describe, expect, it } from 'vitest'
import { compilePattern } from './pattern.ts'

describe('compilePattern', () => {
  it.each([
    '(a+)+',
    '(a*)*',
    '(a|a)*',
    '(a|ab)*$',
    '(.*,)*x.*',
    '(\\w+\\s?)*$',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '(a?){50}',
    '((ab)*)*',
    '(|a)+',
  ])('refuses %s, whose search could take exponential time', (source) => {
    expect(() => compilePattern(source)).toThrow(/exponential time/)
  })

  it.each([
    '^([a-z0-9]+(-[a-z0-9]+)*\\.)+[a-z]{2,}$',
    '^(\\w+\\.)*\\w+$',
    '^(\\d{1,3}\\.){3}\\d{1,3}$',
    '^(foo|bar|baz)+$',
    '^([0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}$',
    '^[\\w.+-]+@[\\w-]+(\\.[\\w-]+)+$',
    '^(/[^/]+)+$',
    '^\\s*(\\w+\\s*,\\s*)*\\w+\\s*$',
  ])('takes %s, whose rounds end at a character of their own', (source) => {
    expect(compilePattern(source).maxLength).toBeGreaterThan(100)
  })

  it.each([
    '[a',
    '(a',
    'a)',
    '*a',
    'a**',
    'a{3,2}',
    '\\q',
    '(?<n>a)',
    '(?P<1>a)',
    '[z-a]',
    'a++',
    '(?(1)a|b)',
    '(?>a)',
    '\\',
    '^*',
    '\\b+',
  ])('refuses %s: Python does, or JavaScript has nothing like it', (source) => {
    expect(() => compilePattern(source)).toThrow(SyntaxError)
  })

  it('searches no text that could take too long', () => {
    const pattern = compilePattern('^.*a.*b.*c$')
    expect(pattern.isFoundIn('abc')).toBe(true)
    const text = 'a'.repeat(pattern.maxLength)
    const started = performance.now()
    expect(pattern.isFoundIn(text)).toBe(false)
    expect(performance.now() - started).toBeLessThan(5000)
    expect(pattern.isFoundIn(`${text}abc`)).toBe(false)
  })
})
