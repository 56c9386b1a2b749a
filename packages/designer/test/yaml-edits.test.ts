import { parseYaml, parseYamlTree, YamlError } from '@st2/yaml'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges, invertChanges } from '../src/text/text-change.ts'
import { setAt, withValueAt } from '../src/yaml-edits/edit-path.ts'
import { isSameValue } from '../src/yaml-edits/same-value.ts'
import { EditRefusal, TreeDraft } from '../src/yaml-edits/tree-draft.ts'
import { Chance, oddYaml } from './odd-yaml.ts'

const RUNS = { seed: 20, numRuns: Number(process.env.ST2_PROPERTY_RUNS ?? 2000), endOnFailure: true }

const scalar = fc.oneof(
  fc.integer({ min: -5, max: 1000 }),
  fc.boolean(),
  fc.constant(null),
  fc.constantFrom(
    'a',
    'x y z',
    '',
    'yes',
    '1',
    '<% ctx(x) %>',
    "it's",
    'a: b',
    '# no',
    'two\nlines',
    'kept\n\n',
    'end\n',
    '{{ x }}',
    '- a',
    'ü ☃',
    ' lead',
    '\ttab',
  ),
)
const name = fc.constantFrom('a', 'b', 'c', 'do', 'when', 'on', '1', 'x y', 'key:', 'ünï')
const value = fc.letrec<{ node: unknown; list: unknown[]; map: Record<string, unknown> }>((tie) => ({
  node: fc.oneof({ maxDepth: 4 }, scalar, tie('list'), tie('map')),
  list: fc.array(tie('node'), { maxLength: 4 }),
  map: fc.dictionary(name, tie('node'), { maxKeys: 4 }),
}))
const root = fc.dictionary(name, value.node, { minKeys: 1, maxKeys: 5 })

/** Somewhere in a value, or just beyond what it has. */
function pathIn(whole: unknown, chance: Chance): (string | number)[] {
  const path: (string | number)[] = []
  let at = whole
  do {
    if (Array.isArray(at)) path.push(chance.below(at.length + (chance.is(0.3) ? 1 : 0)))
    else if (typeof at === 'object' && at !== null) {
      const names = Object.keys(at)
      path.push(
        names.length > 0 && chance.is(0.8)
          ? (names[chance.below(names.length)] ?? '')
          : chance.pick(['new', 'do', 'a']),
      )
    } else break
    at = Reflect.get(Object(at), path.at(-1) ?? '')
  } while (chance.is(0.7))
  return path
}

function valueAt(whole: unknown, path: (string | number)[]): unknown {
  return path.reduce<unknown>((at, step) => (at instanceof Map ? at.get(step) : Reflect.get(Object(at), step)), whole)
}

/** What became of an edit: `refused` and `nothing` count for nothing. @throws when it did something else than it should */
function tryEdit(before: unknown, seed: number, inner: unknown): 'edited' | 'refused' | 'nothing' {
  const text = oddYaml(before, seed)
  const read: unknown = parseYaml(text)
  if (!isSameValue(read, before)) throw new Error(`written wrong: ${text}`)
  const path = pathIn(before, new Chance(seed + 1))
  const expected = withValueAt(read, path, inner)
  if (path.length === 0 || (inner === undefined && isSameValue(read, expected))) return 'nothing'
  const draft = new TreeDraft(parseYamlTree(text))
  try {
    setAt(draft, path, inner)
  } catch (error) {
    if (error instanceof EditRefusal) return 'refused'
    throw error
  }
  const changes = draft.changes()
  const after = applyChanges(text, changes)
  const where = `${JSON.stringify({ path, inner: inner ?? null })}\n${text}\n=====>\n${after}`
  if (applyChanges(after, invertChanges(text, changes)) !== text) throw new Error(`not undone: ${where}`)
  const value = readUnlessAliasLost(after)
  if (value === LOST) return 'refused'
  // through an anchor the edit also reaches the aliases of what it changes
  const seen = /\*a\d/.test(text) ? path : []
  if (!isSameValue(valueAt(value, seen), valueAt(expected, seen))) throw new Error(`another value: ${where}`)
  return 'edited'
}

const LOST = Symbol('lost')

/** What is taken away may hold an anchor that is used elsewhere: then the designer refuses. */
function readUnlessAliasLost(text: string): unknown {
  try {
    return parseYaml(text)
  } catch (error) {
    if (error instanceof YamlError && error.reason.startsWith('found undefined alias')) return LOST
    throw new Error(`${String(error)}\n${text}`, { cause: error })
  }
}

describe('an edit of YAML', () => {
  it('changes the value it names and nothing else, and is taken back exactly', () => {
    let edits = 0
    fc.assert(
      fc.property(root, value.node, fc.nat(), fc.boolean(), (before, inner, seed, isRemoval) => {
        if (tryEdit(before, seed, isRemoval ? undefined : inner) === 'edited') edits++
      }),
      RUNS,
    )
    expect(edits).toBeGreaterThan(RUNS.numRuns / 2)
  })
})
