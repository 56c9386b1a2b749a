import { readFileSync } from 'node:fs'
import { evaluateExpression, platformEnvironmentWith } from '@st2/expressions'
import { isPlainObject, PythonError } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { YAML_CODEC } from '../../src/datastore/yaml-codec.ts'

interface Case {
  source: string
  result?: unknown
  error?: [string, string]
}

const file: { context: unknown; cases: Case[] } = JSON.parse(
  readFileSync(new URL('../../../expressions/conformance/platform-filters.json', import.meta.url), 'utf8'),
)
const cases = file.cases.filter(({ source }) => source.includes('yaml_string'))
const environment = platformEnvironmentWith({}, YAML_CODEC)

/** The recordings write `{"$dict": [[key, value]]}` and `{"$float": "1.5"}` where JSON cannot tell kinds apart. */
function decode(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(decode)
  if (!isPlainObject(value)) return value
  if ('$float' in value) return Number(value['$float'])
  if ('$int' in value) return BigInt(String(value['$int']))
  const pairs: unknown = value['$dict']
  if (!Array.isArray(pairs)) throw new Error('a kind of value that no case about YAML holds')
  return Object.fromEntries(pairs.map(([key, inner]: [string, unknown]) => [key, decode(inner)]))
}

function outcome({ source }: Case): Pick<Case, 'result' | 'error'> {
  const context = decode(file.context)
  if (!isPlainObject(context)) throw new Error('a context is a mapping')
  try {
    return { result: evaluateExpression(source, context, { environment }) }
  } catch (error) {
    if (error instanceof PythonError) return { error: [error.pythonType, error.message] }
    throw error
  }
}

/** The reader of this project names the place in its own words. */
const OWN_WORDS: Record<string, string> = {
  "'a: b: c' | from_yaml_string": 'Invalid YAML, line 1, column 5: mapping values are not allowed in this context',
  "'[1, 2' | from_yaml_string": "Invalid YAML, line 1, column 6: did not find expected ',' or ']'",
  "'!!python/object:os.system x' | from_yaml_string":
    "Invalid YAML, line 1, column 1: could not determine a constructor for the tag 'tag:yaml.org,2002:python/object:os.system'",
}

describe('recorded answers of the filters for YAML', () => {
  it('are at least 40', () => {
    expect(cases.length).toBeGreaterThanOrEqual(40)
  })

  it('are given', () => {
    const same = cases.filter(({ source }) => !Object.hasOwn(OWN_WORDS, source))
    expect(same.map((test) => [test.source, outcome(test)])).toEqual(
      same.map((test) => [
        test.source,
        test.error === undefined ? { result: decode(test.result) } : { error: test.error },
      ]),
    )
  })

  it('differ where the reader has words of its own', () => {
    const listed = cases.filter(({ source }) => Object.hasOwn(OWN_WORDS, source))
    expect(Object.fromEntries(listed.map((test) => [test.source, outcome(test).error]))).toEqual(
      Object.fromEntries(Object.entries(OWN_WORDS).map(([source, text]) => [source, ['YAMLError', text]])),
    )
  })
})
