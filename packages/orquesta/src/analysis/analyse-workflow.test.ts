import { describe, expect, it } from 'vitest'
import { loadWorkflow } from '../spec/load-workflow.ts'
import { analyseWorkflow, type WorkflowAnalysis } from './analyse-workflow.ts'

function analyse(...lines: string[]): WorkflowAnalysis {
  return analyseWorkflow(loadWorkflow(['version: 1.0', ...lines].join('\n')), ['st2'])
}

function namesAt(analysis: WorkflowAnalysis, task: string): string[] {
  return (analysis.variablesAt(task) ?? []).map(({ name, isCertain }) => (isCertain ? name : `${name}?`))
}

describe('variables that reach a task', () => {
  const branches = (join: string) => [
    'input: [host]',
    'vars: [{limit: 3}]',
    'tasks:',
    '  start: {action: core.noop, next: [{publish: [{seen: 1}], do: "left, right"}]}',
    '  left: {action: core.noop, next: [{publish: [{l: 1}, {both: 1}, {__own: 1}], do: end}]}',
    '  right: {action: core.noop, next: [{publish: [{r: 1}, {both: 2}], do: end}]}',
    `  end: {${join}action: core.noop, next: [{publish: [{last: 1}]}]}`,
  ]

  it('are those of the inputs, the vars and what is published on the way', () => {
    const analysis = analyse(...branches(''))
    expect(namesAt(analysis, 'start')).toEqual(['host', 'limit', 'st2'])
    expect(namesAt(analysis, 'left')).toEqual(['host', 'limit', 'seen', 'st2'])
  })

  it('are certain when every way has them', () => {
    const analysis = analyse(...branches(''))
    expect(namesAt(analysis, 'end')).toEqual(['both', 'host', 'l?', 'limit', 'r?', 'seen', 'st2'])
  })

  it('come together in a join', () => {
    expect(namesAt(analyse(...branches('join: all, ')), 'end')).toEqual([
      'both',
      'host',
      'l',
      'limit',
      'r',
      'seen',
      'st2',
    ])
    expect(namesAt(analyse(...branches('join: 1, ')), 'end')).toEqual([
      'both',
      'host',
      'l?',
      'limit',
      'r?',
      'seen',
      'st2',
    ])
  })

  it('say where they are from', () => {
    const analysis = analyse(...branches(''))
    expect(analysis.variablesAt('end')?.find(({ name }) => name === 'both')?.origins).toEqual([
      { kind: 'publish', task: 'left', transition: 0 },
      { kind: 'publish', task: 'right', transition: 0 },
    ])
  })

  it('reach the output from every end', () => {
    const outputVariables = analyse(...branches('')).variablesAtOutput()
    expect(outputVariables.find(({ name }) => name === 'last')).toEqual({
      name: 'last',
      isCertain: false,
      origins: [{ kind: 'publish', task: 'end', transition: 0 }],
    })
    expect(outputVariables.find(({ name }) => name === 'host')?.isCertain).toBe(true)
  })

  it('go around loops', () => {
    const analysis = analyse(
      'tasks:',
      '  in: {action: core.noop, next: [{publish: [{n: 0}], do: loop}]}',
      '  loop: {action: core.noop, next: [{publish: [{n: 1}, {m: 1}], do: body}]}',
      '  body: {action: core.noop, next: [{publish: [{k: 1}], do: loop}]}',
    )
    expect(namesAt(analysis, 'loop')).toEqual(['k?', 'm?', 'n', 'st2'])
    expect(namesAt(analysis, 'body')).toEqual(['k?', 'm', 'n', 'st2'])
  })
})

describe('tasks that never run', () => {
  it('are in loops without an entry, behind them, or have the name of a command', () => {
    const { deadTasks } = analyse(
      'tasks:',
      '  a: {action: core.noop, next: [{do: fail}]}',
      '  p: {action: core.noop, next: [{do: q}]}',
      '  q: {action: core.noop, next: [{do: "p, r"}]}',
      '  r: {action: core.noop}',
      '  fail: {action: core.noop}',
    )
    expect(deadTasks.map(({ task, reason }) => [task, reason.kind])).toEqual([
      ['p', 'no-way'],
      ['q', 'no-way'],
      ['r', 'no-way'],
      ['fail', 'reserved-name'],
    ])
  })

  it('are behind conditions that never hold', () => {
    const { deadTasks } = analyse(
      'tasks:',
      '  a: {action: core.noop, next: [{when: <% false %>, do: b}, {when: "false", do: d}]}',
      '  b: {action: core.noop, next: [{do: c}]}',
      '  c: {action: core.noop}',
      '  d: {action: core.noop}',
    )
    expect(deadTasks).toEqual([
      { task: 'b', reason: { kind: 'behind-dead', sources: ['a'] } },
      { task: 'c', reason: { kind: 'behind-dead', sources: ['b'] } },
    ])
  })

  it('are none in a workflow that is whole', () => {
    const { deadTasks } = analyse('tasks:', '  a: {action: core.noop, next: [{do: b}]}', '  b: {action: core.noop}')
    expect(deadTasks).toEqual([])
  })
})

describe('joins that can not be satisfied', () => {
  it('need more tasks than lead to them', () => {
    const { blockedJoins, deadTasks } = analyse(
      'tasks:',
      '  a: {action: core.noop, next: [{do: j}]}',
      '  b: {action: core.noop, next: [{do: j}, {do: j}]}',
      '  j: {join: 3, action: core.noop, next: [{do: k}]}',
      '  k: {action: core.noop}',
    )
    expect(blockedJoins).toEqual([{ task: 'j', obstacle: { kind: 'too-few-sources', needed: 3, sources: ['a', 'b'] } }])
    expect(deadTasks.map(({ task, reason }) => [task, reason.kind])).toEqual([
      ['j', 'blocked-join'],
      ['k', 'behind-dead'],
    ])
  })

  it('wait for tasks that never run', () => {
    const { blockedJoins } = analyse(
      'tasks:',
      '  a: {action: core.noop, next: [{do: j}]}',
      '  b: {action: core.noop, next: [{when: "{{ none }}", do: j}]}',
      '  j: {join: all, action: core.noop, next: [{do: k}]}',
      '  c: {action: core.noop, next: [{do: k}]}',
      '  k: {join: 2, action: core.noop}',
    )
    expect(blockedJoins).toEqual([
      { task: 'j', obstacle: { kind: 'dead-sources', needed: 2, dead: ['b'] } },
      { task: 'k', obstacle: { kind: 'dead-sources', needed: 2, dead: ['j'] } },
    ])
  })

  it('wait for two outcomes of one task', () => {
    const lines = (join: string) => [
      'tasks:',
      '  work: {action: core.noop, next: [{when: <% succeeded() %>, do: good}, {when: <% failed() and ctx().x %>, do: bad}]}',
      '  good: {action: core.noop, next: [{do: j}]}',
      '  bad: {action: core.noop, next: [{do: later}]}',
      '  later: {action: core.noop, next: [{do: j}]}',
      '  third: {action: core.noop, next: [{do: j}]}',
      `  j: {join: ${join}, action: core.noop}`,
    ]
    expect(analyse(...lines('all')).blockedJoins).toEqual([
      { task: 'j', obstacle: { kind: 'exclusive-sources', needed: 3, sources: ['good', 'later'], task: 'work' } },
    ])
    expect(analyse(...lines('2')).blockedJoins).toEqual([])
  })

  it('may be satisfied when the outcomes are those of different rounds', () => {
    const { blockedJoins } = analyse(
      'tasks:',
      '  in: {next: [{do: work}]}',
      '  work: {action: core.noop, next: [{when: <% succeeded() %>, do: good}, {when: <% failed() %>, do: bad}]}',
      '  good: {action: core.noop, next: [{do: j}]}',
      '  bad: {action: core.noop, next: [{do: "j, work"}]}',
      '  j: {join: all, action: core.noop}',
    )
    expect(blockedJoins).toEqual([])
  })

  it('may be satisfied when a task runs again behind a join that does not wait for all', () => {
    const { blockedJoins } = analyse(
      'tasks:',
      '  a: {action: core.noop, next: [{do: work}]}',
      '  b: {action: core.noop, next: [{do: work}]}',
      '  work: {join: 1, action: core.noop, next: [{when: <% succeeded() %>, do: good}, {when: <% failed() %>, do: bad}]}',
      '  good: {action: core.noop, next: [{do: j}]}',
      '  bad: {action: core.noop, next: [{do: j}]}',
      '  j: {join: all, action: core.noop}',
    )
    expect(blockedJoins).toEqual([])
  })

  it('wait for tasks on other routes', () => {
    const { blockedJoins } = analyse(
      'tasks:',
      '  t1: {action: core.noop, next: [{do: "s, r"}]}',
      '  t2: {action: core.noop, next: [{do: s}]}',
      '  s: {action: core.noop, next: [{do: j}]}',
      '  r: {action: core.noop, next: [{do: j}]}',
      '  j: {join: all, action: core.noop}',
    )
    expect(blockedJoins).toEqual([{ task: 'j', obstacle: { kind: 'separate-routes', needed: 2, sources: ['r', 's'] } }])
  })

  it('are found among thousands of tasks', () => {
    const chain = Array.from(
      { length: 2000 },
      (_, at) => `  t${at}: {action: core.noop, next: [{publish: [{v${at}: 1}], do: t${at + 1}}]}`,
    )
    const analysis = analyse('tasks:', ...chain, '  t2000: {join: 2, action: core.noop}')
    expect(analysis.blockedJoins.map(({ task }) => task)).toEqual(['t2000'])
    expect(analysis.variablesAt('t1999')).toHaveLength(2000)
  })
})
