import { parseYaml, parseYamlTree, YamlError } from '@st2/yaml'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyChanges, invertChanges } from '../src/text/text-change.ts'
import { setAt, withValueAt } from '../src/yaml-edits/edit-path.ts'
import { isSameValue } from '../src/yaml-edits/same-value.ts'
import { EditRefusal, TreeDraft } from '../src/yaml-edits/tree-draft.ts'
import { Chance, oddYaml } from './odd-yaml.ts'

const RUNS = { seed: 20, numRuns: Number(process.env.ST2_PROPERTY_RUNS ?? 3000) }

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

describe('an edit of YAML', () => {
  it('changes the value it names and nothing else, and is taken back exactly', () => {
    let edits = 0
    fc.assert(
      fc.property(root, value.node, fc.nat(), fc.boolean(), (before, inner, seed, isRemoval) => {
        const text = oddYaml(before, seed)
        const read: unknown = parseYaml(text)
        expect(read).toEqual(before)
        const path = pathIn(before, new Chance(seed + 1))
        const given = isRemoval ? undefined : inner
        const expected = withValueAt(read, path, given)
        if (path.length === 0 || (isRemoval && isSameValue(read, expected))) return
        const draft = new TreeDraft(parseYamlTree(text))
        let changes
        try {
          setAt(draft, path, given)
          changes = draft.changes()
        } catch (error) {
          if (error instanceof EditRefusal) return
          throw new Error(`${JSON.stringify({ text, path, given })}: ${String(error)}`, { cause: error })
        }
        const after = applyChanges(text, changes)
        try {
          // through an anchor the edit also reaches the aliases of what it changes
          const seen = /\*a\d/.test(text) ? path : []
          if (!isSameValue(valueAt(parseYaml(after), seen), valueAt(expected, seen))) throw new Error('another value')
        } catch (error) {
          // what is taken away may hold an anchor that is used elsewhere
          if (error instanceof YamlError && error.reason.startsWith('found undefined alias')) return
          throw new Error(
            `${String(error)}\n${JSON.stringify({ path, given: given ?? null })}\n${text}\n=====>\n${after}`,
            { cause: error },
          )
        }
        edits++
        expect(applyChanges(after, invertChanges(text, changes))).toBe(text)
      }),
      RUNS,
    )
    expect(edits).toBeGreaterThan(RUNS.numRuns / 2)
  })
})
