import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { DesignerEditor } from '../editor/designer-editor.ts'
import { findProblems } from '../problems/find-problems.ts'
import { applyChanges } from '../text/text-change.ts'
import { findMendableProblems } from './mendable-problems.ts'
import { nearestName } from './nearest-name.ts'
import { callFixes, quickFixes } from './quick-fixes.ts'
import { unknownCalls } from './unknown-calls.ts'
import { WorkflowNames } from './workflow-names.ts'

const PACKS = new URL('../../../../packs/', import.meta.url)

const RIGHT = `version: 1.0
input:
  - hosts
vars:
  - tries: 0
tasks:
  t1:
    action: core.echo
    input:
      message: <% ctx().tries %>
    next:
      - when: <% succeeded() %>
        do: report
  report:
    action: core.noop
`
const options = {
  knownActions: new Set(['core.echo', 'core.noop']),
  actionParameters: (ref: string) => (ref === 'core.echo' ? { required: ['message'], known: ['message'] } : null),
}

describe('a slip is mended by the name that was meant', () => {
  it.each([
    ['input:\n  - hosts', 'inputs:\n  - hosts'],
    ['    next:', '    nxet:'],
    ['core.echo', 'core.ecko'],
    ['message:', 'mesage:'],
    ['ctx().tries', 'ctx().trise'],
    ['do: report', 'do: reprot'],
  ])('%j', (right, wrong) => {
    const text = RIGHT.replace(right, wrong)
    const { state } = new DesignerEditor({ workflow: text, metadata: 'name: a\n' })
    const mended = findProblems(state, options)
      .flatMap((problem) => quickFixes(problem, text, new WorkflowNames(), options))
      .map(({ changes }) => applyChanges(text, changes))
    expect(mended).toContain(RIGHT)
  })

  it('in a call too', () => {
    const text = RIGHT.replace('succeeded()', 'succeded()')
    const [call] = unknownCalls(text)
    expect(call).toMatchObject({ name: 'succeded', kind: 'function' })
    expect(call && callFixes(call, text).map(({ changes }) => applyChanges(text, changes))).toEqual([RIGHT])
  })
})

it.each([
  ['<% ctx(tries) + %>', '+'],
  ['<% ctx(tries) tries %>', 'tries'],
  ["{{ ctx('tries') | }}", '|'],
  ["{{ ctx('tries' }}", "'tries'"],
])('the mistake in %s stands at %s', (wrong, marked) => {
  const text = RIGHT.replace('<% ctx().tries %>', JSON.stringify(wrong))
  const { state } = new DesignerEditor({ workflow: text, metadata: 'name: a\n' })
  const found = findMendableProblems(state, options, new WorkflowNames()).filter(({ kind }) => kind === 'expression')
  expect(found.map(({ from, to }) => text.slice(from, to))).toEqual([marked])
})

it('of a text that can not be read just that is told', () => {
  const { state } = new DesignerEditor({
    workflow: `${RIGHT}\n  - [`,
    metadata: 'name: a\nparameters:\n  hosts:\n    type: array\n',
  })
  expect(findMendableProblems(state, options, new WorkflowNames()).map(({ kind, file }) => [kind, file])).toEqual([
    ['yaml', 'workflow'],
  ])
})

it('a name is near when few letters differ', () => {
  expect(nearestName('mesage', ['massage', 'message'])).toBe('message')
  expect(nearestName('Hosts', ['hosts'])).toBe('hosts')
  expect(nearestName('ab', ['xy', 'abcd'])).toBeNull()
  expect(nearestName('hosts', ['hosts']), 'itself').toBeNull()
})

describe('calls', () => {
  it('are unknown by their kind and language', () => {
    const found = (text: string) => unknownCalls(text).map(({ kind, name }) => `${kind} ${name}`)
    expect(found('a: <% len(1) and ctx().x.wher($) %>')).toEqual(['method wher'])
    expect(found('a: <% toUppr(1) %>')).toEqual(['function toUppr'])
    expect(found('a: "{{ x|uper is defind }} {{ x.strip() }}"')).toEqual(['filter uper', 'test defind'])
    expect(found('# <% nope() %>\na: "# <% nope() %>"'), 'not in comments').toEqual(['function nope'])
    expect(found('a: <% nope( '), 'not while it is typed').toEqual([])
  })

  it('of the shipped workflows are all known', () => {
    const files = readdirSync(PACKS, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /workflows\/.*\.ya?ml$/.test(name),
    )
    expect(files.length).toBeGreaterThan(10)
    const found = files.flatMap((name) => unknownCalls(readFileSync(new URL(name, PACKS), 'utf8')))
    expect(found).toEqual([])
  })
})
