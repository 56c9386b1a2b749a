import { describe, expect, it } from 'vitest'
import { placeAt, spanOfPath, spanOfTask, spanOfTransition } from './places.ts'
import { readWorkflow } from './read-workflow.ts'

const TEXT = `# a file
tasks: # [9, 9]
  # first
  # [ -10 , 20 ] placed
  #

  a:
    action: core.local cmd="x" n=1 # [8, 8]
    # [1, 2]
  b:
    with: {items: x in <% y %>, concurrency: 2}
    next:
      # #FECB2F
      - do: a, c
      - when: <% z %>
        # red: #d1583b
        publish: [{p: 1}]
        # #d1583b
        do: [a]
  c: text
other: 1
`

describe('the model of a text', () => {
  const model = readWorkflow(TEXT)

  it('has positions and colours of the comments above', () => {
    expect(model.tasks.map(({ name, position }) => [name, position])).toEqual([
      ['a', { x: -10, y: 20 }],
      ['b', { x: 1, y: 2 }],
      ['c', null],
    ])
    expect(model.tasks[1]?.next.map(({ color }) => color)).toEqual(['#fecb2f', '#d1583b'])
  })

  it('has what short forms say', () => {
    expect(model.tasks[0]).toMatchObject({
      action: 'core.local',
      inputForm: 'inline',
      input: [
        { name: 'cmd', value: 'x' },
        { name: 'n', value: 1 },
      ],
    })
    expect(model.tasks[1]).toMatchObject({ with: { items: 'x in <% y %>', concurrency: 2, form: 'mapping' } })
    expect(model.tasks[1]?.next[0]).toMatchObject({ do: ['a', 'c'], doForm: 'string' })
  })

  it('lists what is not drawn', () => {
    expect(model.undrawn).toEqual([
      { path: ['other'], reason: '"other" is no key of a workflow.' },
      { path: ['tasks', 'c'], reason: 'The task is no mapping.' },
    ])
  })

  it('knows where things stand', () => {
    const marked = (span: { from: number; to: number } | null) =>
      span === null ? null : TEXT.slice(span.from, span.to)
    expect(marked(spanOfTask(model, 'a'))).toBe('a:\n    action: core.local cmd="x" n=1')
    expect(marked(spanOfTask(model, 'b'))).toMatch(/^ {4}# \[1, 2\]\n {2}b:\n/)
    expect(marked(spanOfTransition(model, 'b', 0))).toBe('- do: a, c')
    expect(marked(spanOfPath(model, ['tasks', 'b', 'with', 'items']))).toBe('items: x in <% y %>')
    expect(spanOfTask(model, 'nope')).toBe(null)
    expect(placeAt(model, TEXT.indexOf('<% z'))).toEqual({
      path: ['tasks', 'b', 'next', 1, 'when'],
      task: 'b',
      transition: 1,
    })
    expect(placeAt(model, TEXT.indexOf('other'))).toEqual({ path: ['other'], task: null, transition: null })
  })

  it('refuses what is no mapping', () => {
    expect(() => readWorkflow('- a')).toThrow('a mapping was expected')
    expect(readWorkflow('').tasks).toEqual([])
    expect(readWorkflow('# nothing\n---\n').tasks).toEqual([])
  })
})
