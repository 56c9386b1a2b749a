import { readFileSync } from 'node:fs'
import { PythonError } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import {
  Environment,
  parseYaql,
  platformEnvironment,
  STANDARD_YAQL_FUNCTIONS,
  yaqlCompletions,
  type YaqlNode,
} from '../src/index.ts'

/** What is recorded for every name that an expression can use. */
const LEAST_CASES = 5
const LEAST_EDGES = 2

interface Case {
  source: string
  result?: unknown
  error?: unknown
}

function read(file: string): Case[] {
  const text = readFileSync(new URL(`../conformance/${file}.json`, import.meta.url), 'utf8')
  const { cases }: { cases: (Case & { statement?: unknown; kind?: string; context?: unknown })[] } = JSON.parse(text)
  return cases
    .filter(
      ({ kind, statement }) => kind !== 'validate' && kind !== 'variables' && typeof (statement ?? '') === 'string',
    )
    .map((test) => (typeof test.statement === 'string' ? { ...test, source: test.statement } : test))
    .map((test) => (test.context === 'shared' ? test : { ...test, source: `${test.source} # ${String(test.context)}` }))
}

/** Inputs at the edge: nothing, empty, negative, huge, beyond ASCII; and what comes out empty. */
const EDGE =
  /\bnull\b|\bnone\b|\bnil\b|''|""|\[\]|\{\}|\(\)|(?<![\w.)\]])-\d|\d{9,}|[^\0-\x7f]|\b(?:empty|nothing|none_list|nodict|nope|big|uni|nan|inf)\b|\\u|\btrue\b/i
const EMPTY_RESULTS = new Set(['null', '[]', '""', '{"$tuple":[]}', '{"$dict":[]}', '{"$set":[]}'])

function isErrorOrEdge({ source, result, error }: Case): boolean {
  return error !== undefined || EDGE.test(source) || EMPTY_RESULTS.has(JSON.stringify(result))
}

/** Cases that differ in a number or a text alone, with the same outcome, count once. */
function shapeOf({ source, result, error }: Case): string {
  const shape = source
    .replace(/'[^']*'|"[^"]*"/g, "''")
    .replace(/\d+(?:\.\d+)?/g, '0')
    .replace(/\s+/g, '')
  return `${shape} ${JSON.stringify(error ?? result)}`
}

/** Names that have too few cases, with how many they have. */
function wanting(cases: Case[], namesIn: (source: string) => string[], names: Iterable<string>): string[] {
  const shapes = new Map(Array.from(names, (name) => [name, new Map<string, boolean>()]))
  for (const test of cases) {
    for (const name of namesIn(test.source)) shapes.get(name)?.set(shapeOf(test), isErrorOrEdge(test))
  }
  return Array.from(shapes)
    .map(([name, found]) => ({ name, all: found.size, edges: Array.from(found.values()).filter(Boolean).length }))
    .filter(({ all, edges }) => all < LEAST_CASES || edges < LEAST_EDGES)
    .map(({ name, all, edges }) => `${name}: ${all} cases, ${edges} of errors and edges`)
}

function all(source: string, ...patterns: RegExp[]): string[] {
  return patterns.flatMap((pattern) => Array.from(source.matchAll(pattern), ([, name]) => name ?? ''))
}

/** Functions that a query calls; by their looks where it is no YAQL. */
function calledIn(source: string): string[] {
  const bare = source.replace(/ # .*$/, '')
  try {
    return callsOf(parseYaql(bare).tree)
  } catch (error) {
    if (!(error instanceof PythonError)) throw error
    return all(bare, /([a-zA-Z_]\w*)\(/g)
  }
}

function callsOf(node: YaqlNode): string[] {
  if (node.kind === 'group') return callsOf(node.inner)
  if (node.kind !== 'call') return []
  const inner = node.args.flatMap((argument) => {
    if (argument.kind === 'skipped') return []
    return argument.kind === 'rule' ? [argument.source, argument.destination].flatMap(callsOf) : callsOf(argument)
  })
  return [node.name, ...inner]
}

const standard = new Set(STANDARD_YAQL_FUNCTIONS.list().map(({ name }) => name))
const plain = new Environment()
const jinja = [...read('jinja-core'), ...read('jinja-full')]

describe('the corpora hold five cases for each name, two of them errors or edges', () => {
  it('for functions of YAQL', () => {
    expect(standard.size).toBeGreaterThan(130)
    expect(wanting(read('yaql'), calledIn, standard)).toEqual([])
  })

  it('for properties of dates in YAQL', () => {
    const names = new Set(STANDARD_YAQL_FUNCTIONS.properties().map(({ name }) => name))
    expect(wanting(read('yaql'), (source) => all(source, /\.([a-zA-Z]+)\b(?!\()/g), names)).toEqual([])
  })

  it.each([
    ['YAQL', '<%'],
    ['Jinja', '{'],
  ])('for functions of workflows in %s', (_language, open) => {
    const names = yaqlCompletions()
      .filter(({ kind, name }) => kind === 'function' && !standard.has(name))
      .map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['ctx', 'item', 'st2kv', 'task', 'json_dump', 'version_match']))
    const cases = read('workflow').filter(({ source }) => source.includes(open))
    expect(wanting(cases, (source) => all(source, /([a-zA-Z_]\w*)\(/g, /\|\s*([a-z_]\w*)/g), names)).toEqual([])
  })

  it('for filters of the platform', () => {
    const names = [...platformEnvironment.filters.keys()].filter((name) => !plain.filters.has(name))
    expect(names.length).toBeGreaterThan(20)
    expect(wanting(read('platform-filters'), (source) => all(source, /\|\s*([a-z_]\w*)/g), names)).toEqual([])
  })

  it('for filters of Jinja', () => {
    const namesIn = (source: string): string[] =>
      all(source, /\|\s*([a-z_]\w*)/g, /filter ([a-z_]+)/g, /map\('([a-z_]+)/g)
    expect(wanting(jinja, namesIn, plain.filters.keys())).toEqual([])
  })

  it('for tests of Jinja', () => {
    const names = [...plain.tests.keys()].filter((name) => /^[a-z]+$/.test(name))
    const namesIn = (source: string): string[] =>
      all(source, /\bis (?:not )?([a-z_]+)/g, /(?:select|reject)(?:attr)?\([^)]*'([a-z]+)'/g)
    expect(wanting(jinja, namesIn, names)).toEqual([])
  })

  it('and none twice', () => {
    for (const file of ['yaql', 'jinja-core', 'jinja-full', 'platform-filters', 'workflow']) {
      const seen = new Set<string>()
      const twice = read(file).filter((test) => {
        const key = JSON.stringify([test.source, Reflect.get(test, 'undefined'), Reflect.get(test, 'kind')])
        return seen.has(key) || !seen.add(key)
      })
      expect(twice.map(({ source }) => source)).toEqual([])
    }
  })
})
