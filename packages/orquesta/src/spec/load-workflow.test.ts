import { PyFloat } from '@st2/python-values'
import { describe, expect, it } from 'vitest'
import { WorkflowLoadError } from './load-error.ts'
import { loadWorkflow } from './load-workflow.ts'
import { parseSpecPath } from './places.ts'

const refusals: [string, string, string][] = [
  ['an empty text', '', 'The spec cannot be type of None.'],
  ['an empty mapping', '{}', 'The spec cannot be type of None.'],
  ['a mere text', 'just words', 'The spec is not type of json or yaml.'],
  ['a number', '5', "argument of type 'int' is not iterable"],
  ['a list', '[1]', "'list' object has no attribute 'get'"],
  [
    'a key that stands twice',
    'tasks:\n  t1: {action: a}\n  t1: {action: b}\n',
    'Failed to load workflow definition because found duplicate key "t1".',
  ],
  [
    'a key that stands twice in braces',
    'tasks: {t1: {action: a, action: b}}',
    'Failed to load workflow definition because found duplicate key "action".',
  ],
  ['a task name with a dash', 'tasks: {foo-bar: {action: a}}', "'TaskMappingSpec' object has no attribute 'foo-bar'"],
  ['a null task', 'tasks:\n  t1:\n', "argument of type 'NoneType' is not iterable"],
  ['an empty task', 'tasks: {t1: {}}', "'dict' object has no attribute 'has_items'"],
  ['a list of items settings', 'tasks: {t1: {with: [1]}}', "'list' object has no attribute 'items'"],
  ['a number of retries alone', 'tasks: {t1: {retry: 5}}', "'int' object has no attribute 'get'"],
  ['a text for next', 'tasks: {t1: {next: x}}', 'The spec is not type of list.'],
  ['a null transition', 'tasks: {t1: {next: [null]}}', 'The spec cannot be type of None.'],
  ['an empty transition', 'tasks: {t1: {next: [{}]}}', 'The spec cannot be type of None.'],
  ['a number of a task to do', 'tasks: {t1: {next: [{do: 5}]}}', "'int' object is not iterable"],
]

describe('loading a definition', () => {
  it.each(refusals)('refuses %s', (_, text, message) => {
    const error = caught(text)
    expect(error).toBeInstanceOf(WorkflowLoadError)
    expect(String(error)).toBe(`WorkflowLoadError: ${message}`)
  })

  it('says where the YAML is wrong', () => {
    expect(() => loadWorkflow('tasks: [')).toThrow(/^Failed to load workflow definition because .*line 1/)
  })

  it('leaves to inspection what it can make something of', () => {
    for (const text of ['tasks: {}', 'version: 2', 'tasks: {t1: {with: []}}', 'tasks: {t1: {join: foo}}']) {
      expect(() => loadWorkflow(text)).not.toThrow()
    }
  })

  it('takes inline parameters for the input, all of it', () => {
    const task = loadWorkflow('tasks: {t1: {action: core.local cmd="date" n=5, input: {lost: 1}}}').tasks.get('t1')
    expect(task).toMatchObject({ action: 'core.local', input: { cmd: 'date', n: 5 } })
  })

  it('writes the shorthand of items out, and keeps the definition otherwise', () => {
    const spec = loadWorkflow('tasks: {t1: {with: i in <% ctx(l) %>, action: a}}')
    expect(spec.tasks.get('t1')?.with).toEqual({ items: 'i in <% ctx(l) %>', concurrency: null })
    expect(spec.raw).toEqual({ tasks: { t1: { with: { items: 'i in <% ctx(l) %>' }, action: 'a' } } })
  })

  it('reads transitions in all their forms', () => {
    const spec = loadWorkflow(`
tasks:
  t1:
    next:
      - do: a, b
      - when: <% failed() %>
        publish: x=1 y=<% result() %>
        do: [c]
      - publish: [{x: 1}, {y: 2}]
`)
    expect(spec.tasks.get('t1')?.next.map(({ raw: _, ...rest }) => rest)).toEqual([
      { index: 0, when: null, publish: [], do: ['a', 'b'] },
      {
        index: 1,
        when: '<% failed() %>',
        publish: [
          { name: 'x', value: 1 },
          { name: 'y', value: '<% result() %>' },
        ],
        do: ['c'],
      },
      {
        index: 2,
        when: null,
        publish: [
          { name: 'x', value: 1 },
          { name: 'y', value: 2 },
        ],
        do: ['continue'],
      },
    ])
  })

  it('keeps a number that was written with a point a float', () => {
    const spec = loadWorkflow('vars:\n  - a: 2.0\n  - b: 2\n  - c: "2.0"\n  - d: [1.0]\ntasks: {t1: {action: a}}')
    expect(spec.vars.map(({ value }) => value)).toEqual([new PyFloat(2), 2, '2.0', [new PyFloat(1)]])
  })
})

function caught(text: string): unknown {
  try {
    return loadWorkflow(text)
  } catch (error) {
    return error
  }
}

describe('places', () => {
  const text = `version: 1.0
# a comment: with a colon
tasks:
  "t1":
    action: "core.local cmd=x: y"
    input:
      text: |
        key: value
         deeper: yes
      after: &x {in: [1, 2], 'out': 3}
    next:
    - when: <% succeeded() %>
      do: t2
    -
      do:
        - t3
  t2: {action: core.noop, next: [{do: fail}]}
`
  const { places } = loadWorkflow(text)

  it.each([
    [['tasks'], 3, 1],
    [['tasks', 't1'], 4, 3],
    [['tasks', 't1', 'input', 'text'], 7, 7],
    [['tasks', 't1', 'input', 'after'], 10, 7],
    [['tasks', 't1', 'input', 'after', 'out'], 10, 30],
    [['tasks', 't1', 'next'], 11, 5],
    [['tasks', 't1', 'next', 0], 12, 5],
    [['tasks', 't1', 'next', 1, 'do', 0], 16, 9],
    [['tasks', 't2', 'next', 0, 'do'], 17, 35],
  ])('of %j are line %i, column %i', (path, line, column) => {
    expect(places.of(path)).toEqual({ line, column })
  })

  it.each([
    [
      'a pair without braces',
      'tasks: {a: {input: {l: [x: 1, y]}}, b: {action: z}}',
      ['tasks', 'a', 'input', 'l', 0, 'x'],
      25,
    ],
    ['what follows one', 'tasks: {a: {input: {l: [x: 1, y]}}, b: {action: z}}', ['tasks', 'b', 'action'], 41],
    ['a key with a tag', 'tasks: {a: {!!str action: x}}', ['tasks', 'a', 'action'], 19],
    ['what follows a URL', 'tasks: {a: {input: {u: http://x.y/z}, action: z}}', ['tasks', 'a', 'action'], 39],
  ])('of %s are found', (_, definition, path, column) => {
    expect(loadWorkflow(definition).places.of(path)).toEqual({ line: 1, column })
  })

  it('end where the text goes beyond what definitions need', () => {
    const odd = loadWorkflow('vars: [{a: 1.0}]\ntasks:\n  ? a\n  : {action: x}\n')
    expect([odd.places.of(['vars', 0, 'a']), odd.places.of(['tasks', 'a'])]).toEqual([{ line: 1, column: 9 }, null])
  })

  it('are none for what only looks like a key, and the nearest one is found', () => {
    expect(places.of(['tasks', 't1', 'input', 'key'])).toBeNull()
    expect(places.nearest(['tasks', 't1', 'next', 0, 'do', 7])).toEqual({ line: 13, column: 7 })
    expect(parseSpecPath('tasks.t1.next[0].do')).toEqual(['tasks', 't1', 'next', 0, 'do'])
  })
})
