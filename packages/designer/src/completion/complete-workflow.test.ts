import { describe, expect, it } from 'vitest'
import { completeWorkflow } from './complete-workflow.ts'
import { helpAt } from './workflow-help.ts'
import { WorkflowNames } from './workflow-names.ts'

const WORKFLOW = `version: 1.0
input:
  - hosts
  - limit: 3
vars:
  - tries: 0
tasks:
  probe:
    with: host in <% ctx().hosts %>
    action: core.remote
    input:
      cmd: <% item(host) %>
    next:
      - when: <% succeeded() %>
        publish:
          - up: <% result() %>
        do: report
      - when: <% failed() %>
        do:
          - cleanup
          - missing
  cleanup:
    action: core.noop
  report:
    action: core.echo message=<% ctx().up %>
output:
  - up: <% ctx().up %>
`

/** Completes at `‸`, which takes the place of `at`. */
function at(replaced: string, by: string, names = new WorkflowNames()) {
  names.specOf(WORKFLOW)
  const marked = WORKFLOW.replace(replaced, by)
  expect(marked, 'the workflow holds the text').not.toBe(WORKFLOW)
  const offset = marked.indexOf('‸')
  return { text: marked.replace('‸', ''), offset, names }
}

function labels(replaced: string, by: string): string[] {
  const { text, offset, names } = at(replaced, by)
  const found = completeWorkflow(text, offset, names)
  return found?.kind === 'ready' ? found.suggestions.items.map(({ label }) => label) : [String(found?.kind)]
}

function accept(replaced: string, by: string, label: string): string {
  const { text, offset, names } = at(replaced, by)
  const found = completeWorkflow(text, offset, names)
  if (found?.kind !== 'ready') throw new Error(`nothing is ready: ${found?.kind}`)
  const { from, to, items } = found.suggestions
  const item = items.find((one) => one.label === label)
  if (item === undefined) throw new Error(`${label} is not among ${items.map((one) => one.label).join(', ')}`)
  const caret = item.caret ?? item.insert.length
  const line = text.slice(0, from) + item.insert.slice(0, caret) + '‸' + item.insert.slice(caret) + text.slice(to)
  const start = line.lastIndexOf('\n', from) + 1
  return line.slice(start, line.indexOf('\n', line.indexOf('‸'))).trimStart()
}

describe('keys', () => {
  it('are those of the place that are not there yet', () => {
    expect(labels('  cleanup:\n    action: core.noop', '  cleanup:\n    action: core.noop\n    ‸')).toEqual([
      'input', 'next', 'with', 'join', 'delay', 'retry',
    ]) // biome-ignore format: one row
    expect(labels('        do: report', '        ‸')).toEqual(['do'])
    expect(labels('output:\n', '‸output:\n')).toContain('output')
    expect(labels('output:\n', 'ta‸\noutput:\n')).toEqual(['description', 'tags', 'name'])
  })

  it('come with how their value begins', () => {
    const row = '    action: core.noop'
    expect(accept(row, `${row}\n    ne‸`, 'next')).toBe('next:\n      - ‸')
    expect(accept(row, `${row}\n    ne‸`, 'join')).toBe('join: ‸')
    expect(accept(row, `${row}\n    ret‸ry: x`, 'retry'), 'the colon is there').toBe('retry‸: x')
  })

  it('are tasks that a transition names and nobody wrote yet', () => {
    expect(labels('  cleanup:', '  ‸\n  cleanup:')).toEqual(['missing'])
  })

  it('of an input are asked of the action', () => {
    const { text, offset, names } = at('      cmd: <% item(host) %>', '      cmd: a\n      ‸')
    expect(completeWorkflow(text, offset, names)).toMatchObject({
      kind: 'parameters',
      action: 'core.remote',
      given: ['cmd'],
    })
  })
})

describe('values', () => {
  it('are asked for where the platform knows them', () => {
    const { text, offset, names } = at('core.noop', 'core.n‸')
    expect(completeWorkflow(text, offset, names)).toMatchObject({ kind: 'action', words: 'core.n' })
  })

  it('of do are the other tasks and the commands', () => {
    const all = ['cleanup', 'report', 'continue', 'fail', 'noop', 'retry']
    expect(labels('do: report', 'do: ‸')).toEqual(all)
    expect(labels('          - missing', '          - ‸')).toEqual(all)
    expect(accept('do: report', 'do: report, cl‸', 'cleanup')).toBe('do: report, cleanup‸')
    expect(accept('do: report', 'do: rep‸ort', 'cleanup')).toBe('do: cleanup‸')
  })

  it('of conditions are the usual ones', () => {
    expect(accept('when: <% succeeded() %>', 'when: ‸', '<% failed() %>')).toBe('- when: <% failed() %>‸')
  })

  it('are none in a comment and in a text of the author', () => {
    expect(labels('tasks:', '# ‸\ntasks:')).toEqual(['undefined'])
    expect(labels('version: 1.0', 'version: 1.0\ndescription: so ‸')).toEqual(['undefined'])
  })
})

describe('in expressions', () => {
  it('variables are those that reach the task', () => {
    expect(labels('message=<% ctx().up %>', 'message=<% ctx().‸ %>').slice(0, 6)).toEqual(
      expect.arrayContaining(['hosts', 'limit', 'parent', 'st2', 'tries', 'up']),
    )
    expect(labels('<% item(host) %>', '<% ctx(‸) %>'), 'not published yet').not.toContain('up')
    expect(labels('- up: <% ctx().up %>', '- up: <% ctx().‸ %>')).toContain('up')
  })

  it('a transition sees what it published before', () => {
    const row = '          - up: <% result() %>'
    expect(labels(row, `${row}\n          - twice: <% ctx().‸ %>`)).toContain('up')
    expect(labels(row, `          - up: <% ctx().‸ %>`)).not.toContain('up')
  })

  it('is the text that is completed, whatever stands behind it', () => {
    expect(accept('<% ctx().up %>', '<% ctx().u‸ %>', 'up')).toContain('ctx().up‸ %>')
    expect(accept('<% ctx().up %>', '<% ctx(‸) %>', 'up')).toContain('ctx(up‸)')
    expect(accept('<% ctx().up %>', "{{ ctx('‸') }}", 'up')).toContain("ctx('up‸')")
    expect(accept('<% ctx().up %>', '{{ ctx(‸) }}', 'up')).toContain("ctx('up'‸)")
    expect(accept('<% ctx().up %>', '<% ‸', 'ctx().up')).toContain('<% ctx().up‸')
  })

  it('tasks, parts of items, scopes and fields are known by the call they stand in', () => {
    expect(labels('<% ctx().up %>', '<% task_status(‸) %>').slice(0, 3)).toEqual(['probe', 'cleanup', 'report'])
    expect(labels('<% ctx().up %>', "<% st2kv('‸') %>")).toEqual(['system.', 'own key'])
    expect(labels('<% item(host) %>', '<% item(‸) %>')[0]).toBe('host')
    expect(labels('<% ctx().up %>', '<% ctx().st2.‸ %>')).toContain('action_execution_id')
    expect(labels('<% ctx().up %>', '<% task(probe).‸ %>')).toContain('result')
  })

  it('functions, methods, filters and tests come from the tables of the language', () => {
    expect(labels('<% ctx().up %>', '<% ctx().up.‸ %>')).toContain('where')
    expect(labels('<% ctx().up %>', '{{ ctx().up|‸ }}')).toContain('to_json_string')
    expect(labels('<% ctx().up %>', '{{ ctx().up is ‸ }}')).toContain('defined')
    expect(labels('<% ctx().up %>', '<% ‸ %>')).toContain('st2kv')
    expect(labels('<% ctx().up %>', '<% ‸ %>')).not.toContain('where')
    expect(accept('<% ctx().up %>', '<% st2‸ %>', 'st2kv')).toContain('st2kv(‸)')
    expect(accept('<% ctx().up %>', '<% succ‸ %>', 'succeeded')).toContain('succeeded()‸')
  })

  it('nothing is offered in a number or in a text of the author', () => {
    expect(labels('<% ctx().up %>', '<% 12‸ %>')).toEqual([])
    expect(labels('<% ctx().up %>', "<% ctx().up = '‸' %>")).toEqual([])
  })
})

describe('help', () => {
  const helped = (replaced: string, by: string) => {
    const { text, offset, names } = at(replaced, by)
    const found = helpAt(text, offset, names)
    return found?.kind === 'ready' ? `${found.help.title} | ${found.help.text}` : found
  }

  it('says what a function does, what a key means and where a variable is from', () => {
    expect(helped('succeeded()', 'succ‸eeded()')).toMatch(/^succeeded\(\) \| Whether the current task succeeded/)
    expect(helped('    next:\n      - when: <% succ', '    ne‸xt:\n      - when: <% succ')).toMatch(
      /^next: list of transitions/,
    )
    expect(helped('message=<% ctx().up', 'message=<% ctx().u‸p')).toBe('up | published by probe')
    expect(helped('do: report', 'do: rep‸ort')).toBe('Task report | core.echo')
    expect(helped('      cmd:', '      c‸md:')).toMatchObject({ kind: 'parameter', parameter: 'cmd' })
  })
})

it('keeps what it knew of the last text that could be read', () => {
  const names = new WorkflowNames()
  names.specOf(WORKFLOW)
  const broken = WORKFLOW.replace('do: report', 'do: [')
  expect(names.namesAt(broken, { kind: 'task', task: 'report' }).tasks.map(({ name }) => name)).toContain('probe')
  const torn = WORKFLOW.replace('      cmd: <% item(host) %>', '      cmd: <% item(host) %>\n      su')
  expect(new WorkflowNames().specOf(torn), 'the line is in the way').toBeNull()
  expect(new WorkflowNames().specOf(torn, torn.indexOf('      su') + 8)?.tasks.has('probe')).toBe(true)
  expect(new WorkflowNames().namesAt(broken, { kind: 'task', task: 'report' }).tasks).toEqual([])
})
