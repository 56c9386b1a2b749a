import { describe, expect, it } from 'vitest'
import { findReferences } from './find-references.ts'

/** Every name as kind:name, checked to be what the text has in its place. */
function names(text: string): string[] {
  return findReferences(text).references.map(({ kind, name, start, end, form }) => {
    expect(text.slice(start, end)).toBe(name)
    return `${kind}:${name}${form === 'quoted' ? '!' : ''}`
  })
}

describe('the references of a text', () => {
  const cases: [string, string[]][] = [
    ['x <% ctx(x) + ctx("y") %> x', ['variable:x', 'variable:y!']],
    [
      "<% ctx().a.b + ctx()['c'] + ctx()?.d + ctx().get(e, 1) %>",
      ['variable:a', 'variable:c!', 'variable:d', 'variable:e'],
    ],
    ['<% ctx(key => x) %>', ['variable:x']],
    ['<% task_status(t1) = succeeded and task("t2").result.t3 %>', ['task:t1', 'task:t2!']],
    ['<% task_status(taskId => t1, route => 0) %>', ['task:t1']],
    ['<% item(x) + item().y + item() %>', ['item:x', 'item:y']],
    ['<% (ctx()).x %>\n<% ctx(y)[ctx(z)] %>', ['variable:x', 'variable:y', 'variable:z']],
    ["{{ ctx('x') }} {{ ctx().y . z }} {{ ctx()['q'] }}", ['variable:x!', 'variable:y', 'variable:q!']],
    ["{{ ctx(key='x') }}{{ ctx(y) }}{{ ctx().get('z', 1) }}", ['variable:x!', 'variable:y', 'variable:z!']],
    ["{{ task_status('t1') }} {{ task(task_id='t2') }} {{ item('i') }}", ['task:t1!', 'task:t2!', 'item:i!']],
    ["{% for i in ctx('list') %}\n{{ i + ctx().y }}{% endfor %}", ['variable:list!', 'variable:y']],
    ["{% raw %}{{ ctx('x') }}{% endraw %}", []],
    ["<% ctx(a) %> {{ ctx('b') }}", ['variable:a']],
    ['ctx(x) ctx().x', []],
    ['<% ctx(concat(a, b)) %> <% $.x %> <% other(x) %>', []],
  ]

  it.each(cases)('of %s', (text, expected) => {
    expect(names(text)).toEqual(expected)
    expect(findReferences(text).unread).toEqual([])
  })

  it('say where an expression can not be read, and find those of the others', () => {
    const { references, unread } = findReferences('<% ctx(a %> <% ctx(b) %>')
    expect(references.map(({ name }) => name)).toEqual(['b'])
    expect(unread).toEqual([{ start: 0, end: 11 }])
  })

  it('leave out a name that is written with escapes', () => {
    expect(findReferences(String.raw`{{ ctx('\x78') }}`)).toEqual({ references: [], unread: [{ start: 0, end: 17 }] })
  })

  it('end on nesting without end', () => {
    expect(findReferences(`<% ${'('.repeat(20_000)} %>`).unread).toHaveLength(1)
  })
})
