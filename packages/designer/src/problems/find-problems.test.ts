import { describe, expect, it } from 'vitest'
import { DesignerEditor } from '../editor/designer-editor.ts'
import { findProblems } from './find-problems.ts'
import type { ProblemOptions } from './problem-options.ts'

const METADATA = 'name: x\nrunner_type: orquesta\nentry_point: workflows/x.yaml\n'

/** Each with what of the text it marks. */
function problems(workflow: string, metadata = METADATA, options: ProblemOptions = {}): string[] {
  const editor = new DesignerEditor({ workflow, metadata })
  return findProblems(editor.state, options).map(({ file, kind, line, message, from, to, task, transition }) => {
    const marked = editor.state[file].text.slice(from, to)
    return `${line} ${kind} [${marked}] ${task ?? '-'}${transition === null ? '' : `/${transition}`} ${message}`
  })
}

describe('problems', () => {
  it('mark what they are about', () => {
    const text = `tasks:
  a:
    action: core.noop
    foo: 1
    next:
      - when: <% ctx(x) and %>
        do: b, gone
  b:
    action: core.echo message=<% ctx(nope) %>
`
    expect(problems(text)).toEqual([
      "4 syntax [foo] a Additional properties are not allowed ('foo' was unexpected)",
      '6 expression [<% ctx(x) and %>] a/0 Parse error: unexpected end of statement',
      '6 context [x] a/0 Variable "x" is referenced before assignment.',
      '7 semantic [gone] a/0 The task "gone" is not defined.',
      '9 context [nope] b Variable "nope" is referenced before assignment.',
    ])
  })

  it('are just the place of the mistake in a text that can not be read', () => {
    expect(problems('tasks:\n  a: [\n')).toEqual(['3 yaml [] - did not find expected node content'])
  })

  it('name unknown actions, and inputs where parameters are known', () => {
    const text = 'tasks:\n  a: {action: core.local, input: {cmd: x}}\n  b: {action: no.such}\n'
    const found = problems(text, METADATA, { knownActions: new Set(['core.local']) })
    expect(found).toEqual(['3 content [action: no.such] b The action "no.such" is not registered in the database.'])
    const actionParameters = () => ({ required: ['host'], known: ['host'] })
    expect(problems(text, METADATA, { actionParameters })).toContain(
      '2 content [cmd: x] a Action "core.local" has unexpected input "cmd".',
    )
  })

  it('tell where parameters and input differ, and what the metadata lack', () => {
    expect(
      problems('input:\n  - a\n  - b: 1\ntasks: {t: {action: x.y}}\n', 'parameters:\n  c: {type: string}\n'),
    ).toEqual([
      '2 metadata [- a] - The input "a" has no default and is no parameter of the action: nothing can give it a value.',
      '1 metadata [parameters:] - "name" is missing.',
      '1 metadata [parameters:] - "runner_type" is missing.',
      '1 metadata [parameters:] - "entry_point" is missing.',
      '2 metadata [c: {type: string}] - The parameter "c" is no input of the workflow, which never sees it.',
    ])
  })

  it('warn of tasks that never run, and say why nothing can be loaded', () => {
    const text =
      'tasks:\n  a: {action: x.y}\n  b: {action: x.y, next: [{do: c}]}\n  c: {action: x.y, next: [{do: b}]}\n'
    expect(problems(text)).toContain(
      '3 analysis [b] b The task "b" never runs: no transition leads to it from a task that starts.',
    )
    expect(problems('tasks:\n  a: {action: x.y}\n  a: {action: x.y}\n')).toEqual([
      '1 load [tasks:] - Failed to load workflow definition because found duplicate key "a".',
    ])
  })
})
