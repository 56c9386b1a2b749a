import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { dumpYaml } from './dump.ts'
import { parseYaml } from './read.ts'
import { YamlError } from './yaml-error.ts'

type ReadCase = { text: string; value: unknown } | { text: string; error: string }

interface DumpCase {
  value: unknown
  options: { indent: number; width?: number; allow_unicode?: boolean }
  text: string
}

interface KnownDifference {
  text: string
  here: unknown
  reason: string
}

describe('what PyYAML reads', () => {
  const cases = recorded<ReadCase>('read.json')
  const REFUSED = 'refused'

  it('is read the same, and refused where PyYAML refuses', () => {
    expect(cases.length).toBeGreaterThan(500)
    for (const recordedCase of cases) {
      const { text } = recordedCase
      const expected = 'value' in recordedCase ? recordedCase.value : REFUSED
      expect({ text, value: readOr(text, REFUSED) }).toEqual({ text, value: expected })
    }
  })

  it('differs only where it is written down', () => {
    for (const { text, here, reason } of recorded<KnownDifference>('known-differences.json')) {
      expect({ text, value: readOr(text, REFUSED) }).toEqual({ text, value: here })
      expect(reason).not.toBe('')
    }
  })
})

describe('what PyYAML writes', () => {
  const cases = recorded<DumpCase>('dump.json')

  it('is written byte for byte', () => {
    expect(cases.length).toBeGreaterThan(300)
    for (const { value, options, text } of cases) {
      const { indent, width, allow_unicode: allowUnicode } = options
      expect(dumpYaml(value, { indent, width, allowUnicode })).toBe(text)
    }
  })

  it('is read back as the value it was written from', () => {
    // NOTE: an unescaped NEL is a line break to every reader of YAML 1.1, PyYAML's own included
    const escaped = cases.filter(({ options }) => options.allow_unicode !== true)
    for (const { value, text } of escaped) expect({ text, value: parseYaml(text) }).toEqual({ text, value })
  })
})

/** JSON read in a test has the type the recording script gives it. */
function recorded<T>(file: string): T[] {
  const cases: T[] = JSON.parse(readFileSync(new URL(`../conformance/${file}`, import.meta.url), 'utf8'))
  return cases
}

function readOr(text: string, refused: string): unknown {
  try {
    return asRecorded(parseYaml(text))
  } catch (error) {
    if (error instanceof YamlError) return refused
    throw error
  }
}

/** JSON has neither infinities nor -0. */
function asRecorded(value: unknown): unknown {
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return { $float: 'nan' }
    return Number.isFinite(value) ? value : { $float: value > 0 ? 'inf' : '-inf' }
  }
  if (Array.isArray(value)) return value.map(asRecorded)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, asRecorded(item)]))
}
