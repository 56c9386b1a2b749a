import { describe, expect, it } from 'vitest'
import { loadWorkflow } from '../spec/load-workflow.ts'
import { Conductor, type ConductorOptions } from './conductor.ts'
import { ALL_DEFECTS } from './defects.ts'
import { actionEvent, itemActionEvent, type TaskEvent } from './task-event.ts'

const KEPT = { kept: ALL_DEFECTS }

/** Starts a workflow and all of its first tasks. */
function started(text: string, options: ConductorOptions = {}): Conductor {
  const conductor = Conductor.start(loadWorkflow(text), options)
  conductor.requestStatus('running')
  startAll(conductor)
  return conductor
}

function startAll(conductor: Conductor): string[] {
  const tasks = conductor.nextTasks()
  for (const task of tasks) conductor.startTask(task)
  return tasks.map(({ id, route }) => `${id} ${route}`)
}

function end(conductor: Conductor, task: string, event: TaskEvent = actionEvent('succeeded')): string | undefined {
  const { status } = conductor.updateTask(task, 0, event)
  conductor.renderOutput()
  return status
}

describe('what workflows rely on', () => {
  it('edges are judged by the name of their destination, not in the order of the list', () => {
    const conductor = started(`
output: [{x: <% ctx(x) %>}]
tasks:
  a:
    action: x
    next: [{publish: x=1, do: z}, {publish: x=2, do: b}]
  b: {action: x, next: [{do: j}]}
  z: {action: x, next: [{do: j}]}
  j: {join: all, action: x}
`)
    end(conductor, 'a')
    expect(conductor.state.contexts.slice(1)).toEqual([{ x: 2 }, { x: 1 }])
  })

  it('a task that fails without a way on fails the workflow at once, beside others that run', () => {
    const conductor = started('tasks: {a: {action: x}, b: {action: x, next: [{do: c}]}, c: {action: x}}')
    end(conductor, 'a', actionEvent('failed', 'why'))
    expect(conductor.status).toBe('failed')
    expect(end(conductor, 'b')).toBe('succeeded')
    expect(startAll(conductor)).toEqual([])
  })

  it('a mapping that is published is merged into one of the same name', () => {
    const conductor = started(`
vars: [{m: {a: 1, deep: {x: 1}}}]
output: [{m: <% ctx(m) %>}]
tasks:
  t:
    action: x
    next: [{publish: [{m: {b: 2, deep: {y: 2}}}]}]
`)
    end(conductor, 't')
    expect(conductor.output).toEqual({ m: { a: 1, deep: { x: 1, y: 2 }, b: 2 } })
  })

  it('a join of some runs again for each that comes late', () => {
    const conductor = started(`
tasks:
  a: {action: x, next: [{do: j}]}
  b: {action: x, next: [{do: j}]}
  j: {join: 1, action: x}
`)
    end(conductor, 'a')
    expect(startAll(conductor)).toEqual(['j 0'])
    end(conductor, 'j')
    end(conductor, 'b')
    expect(startAll(conductor)).toEqual(['j 0'])
  })

  it('expressions in inputs that users give are evaluated', () => {
    const text = 'input: [a, b]\noutput: [{a: <% ctx(a) %>}]\ntasks: {t: {action: x}}'
    const conductor = started(text, { inputs: { a: '<% 1 + 1 %>', lost: 1 } })
    end(conductor, 't')
    expect(conductor.state.contexts[0]).toEqual({ a: 2, b: null })
  })

  it('a condition that is a mere text holds, whatever it says', () => {
    const conductor = started('tasks: {a: {action: x, next: [{when: "false", do: b}]}, b: {action: x}}')
    end(conductor, 'a')
    expect(startAll(conductor)).toEqual(['b 0'])
  })

  it('retry as a destination means three more attempts and publishes nothing', () => {
    const conductor = started('tasks: {a: {action: x, next: [{when: <% failed() %>, publish: x=1, do: retry}]}}')
    for (let attempt = 0; attempt < 3; attempt++) {
      expect(end(conductor, 'a', actionEvent('failed'))).toBe('retrying')
      expect(startAll(conductor)).toEqual(['a 0'])
    }
    expect(end(conductor, 'a', actionEvent('failed'))).toBe('failed')
    expect(conductor.state.contexts).toHaveLength(1)
  })

  it('errors of what was remediated stay in the log of a workflow that succeeds', () => {
    const conductor = started('tasks: {a: {action: x, next: [{when: <% failed() %>, do: noop}]}}')
    end(conductor, 'a', actionEvent('failed', 'why'))
    expect(conductor.status).toBe('succeeded')
    expect(conductor.errors).toMatchObject([{ task_id: 'a', result: 'why' }])
  })

  it('a timeout is a failure that leaves nothing in the log', () => {
    const conductor = started('tasks: {a: {action: x}}')
    expect(end(conductor, 'a', actionEvent('timeout'))).toBe('failed')
    expect([conductor.status, conductor.errors]).toEqual(['failed', []])
  })

  it('a transition to two destinations publishes twice, and the task remembers the last', () => {
    const conductor = started(
      'tasks: {a: {action: x, next: [{publish: x=1, do: [b, c]}]}, b: {action: x}, c: {action: x}}',
    )
    end(conductor, 'a')
    expect(conductor.state.contexts).toEqual([{}, { x: 1 }, { x: 1 }])
    expect(conductor.state.sequence[0]?.ctxs).toEqual({ in: [0], out: { c__t0: 2 } })
  })

  it('a loop beside a start task is never run', () => {
    const conductor = started(
      'tasks: {a: {action: x}, b: {action: x, next: [{do: c}]}, c: {action: x, next: [{do: b}]}}',
    )
    end(conductor, 'a')
    expect(conductor.status).toBe('succeeded')
    expect(conductor.graph.has('b')).toBe(false)
  })
})

describe('what is mended always', () => {
  it('a nested publish reaches no branch that did not receive it', () => {
    const conductor = started(`
vars: [{m: {a: 1}}]
output: [{m: <% ctx(m) %>}]
tasks:
  s: {action: x, next: [{do: [a, b]}]}
  a: {action: x, next: [{publish: [{m: {leaked: true}}], do: c}]}
  b: {action: x, next: [{do: d}]}
  c: {action: x}
  d: {action: core.echo message=<% ctx(m) %>}
`)
    end(conductor, 's')
    startAll(conductor)
    end(conductor, 'a')
    startAll(conductor)
    end(conductor, 'c')
    end(conductor, 'b')
    expect(conductor.nextTasks()[0]?.actions[0]?.input).toEqual({ message: { a: 1 } })
    expect(conductor.state.contexts[0]).toEqual({ m: { a: 1 } })
  })

  it('a branch that ends because nothing held gives its publishes to the output', () => {
    const conductor = started(`
vars: [{x: 0}]
output: [{x: <% ctx(x) %>}]
tasks:
  a: {action: x, next: [{publish: x=1, do: b}]}
  b: {action: x, next: [{when: <% failed() %>, do: c}]}
  c: {action: x}
  other: {action: x}
`)
    end(conductor, 'a')
    startAll(conductor)
    end(conductor, 'b')
    end(conductor, 'other')
    expect(conductor.output).toEqual({ x: 1 })
  })

  it('a canceled task is not retried, whatever the condition', () => {
    const conductor = started('tasks: {a: {action: x, retry: {when: <% completed() %>, count: 3}}}')
    expect(end(conductor, 'a', actionEvent('canceled'))).toBe('canceled')
    expect(conductor.status).toBe('canceled')
  })
})

describe('what is mended unless a comparison keeps it', () => {
  const STALL = `
tasks:
  ask: {action: core.ask}
  each: {with: {items: '<% [1, 2, 3] %>', concurrency: 1}, action: x}
`

  it('items whose workflow pauses by another task pause with it', () => {
    for (const [options, task, workflow] of [
      [{}, 'paused', 'paused'],
      [KEPT, 'running', 'pausing'],
    ] as const) {
      const conductor = started(STALL, options)
      end(conductor, 'ask', actionEvent('pending'))
      end(conductor, 'each', itemActionEvent(0, 'succeeded'))
      expect([conductor.state.entry('each', 0)?.status, conductor.status]).toEqual([task, workflow])
    }
  })

  it.each([
    ['canceling', 'canceled'],
    ['paused', 'succeeded'],
    ['pausing', 'succeeded'],
  ])('an action that was %s and succeeds after all ends its task', (before, workflow) => {
    const reported = (options: ConductorOptions) => {
      const conductor = started('tasks: {a: {action: x}}', options)
      end(conductor, 'a', actionEvent(before))
      const status = end(conductor, 'a')
      if (conductor.status === 'paused') conductor.requestStatus('resuming')
      return [status, conductor.status]
    }
    expect(reported({})).toEqual(['succeeded', workflow])
    expect(reported(KEPT)[0]).toBe(before)
  })

  it('an item that was pending and succeeds ends its task', () => {
    const answered = (options: ConductorOptions) => {
      const conductor = started("tasks: {a: {with: {items: '<% [1, 2] %>'}, action: core.ask}}", options)
      end(conductor, 'a', itemActionEvent(0, 'succeeded', 1))
      end(conductor, 'a', itemActionEvent(1, 'pending'))
      return end(conductor, 'a', itemActionEvent(1, 'succeeded', 2))
    }
    expect([answered({}), answered(KEPT)]).toEqual(['succeeded', 'paused'])
  })

  it('an item that ends after its task is noted and changes nothing', () => {
    const late = (options: ConductorOptions) => {
      const conductor = started("tasks: {a: {with: {items: '<% [1, 2] %>'}, action: x}}", options)
      end(conductor, 'a', itemActionEvent(0, 'pending'))
      expect(end(conductor, 'a', itemActionEvent(1, 'canceled'))).toBe('canceled')
      return end(conductor, 'a', itemActionEvent(0, 'succeeded'))
    }
    expect(late({})).toBe('canceled')
    expect(() => late(KEPT)).toThrow("'NoneType' object is not subscriptable")
  })

  it('an error in a transition after the workflow was canceled is logged', () => {
    const late = (options: ConductorOptions) => {
      const text = 'tasks: {a: {action: x, next: [{when: <% ctx(gone) %>}]}, b: {action: x}}'
      const conductor = started(text, options)
      conductor.requestStatus('canceled')
      conductor.state.setStatus('canceled')
      end(conductor, 'a')
      return [conductor.status, conductor.errors.length]
    }
    expect(late({})).toEqual(['canceled', 1])
    expect(() => late(KEPT)).toThrow('Unable to process event "workflow_failed" for workflow in "canceled" status.')
  })

  it('a second arrival at items that run does not start them again', () => {
    const arrived = (options: ConductorOptions) => {
      const conductor = started(
        `
tasks:
  a: {action: x, next: [{do: j}]}
  b: {action: x, next: [{do: j}]}
  j: {join: 1, with: {items: '<% [1, 2] %>', concurrency: 1}, action: x}
`,
        options,
      )
      end(conductor, 'a')
      startAll(conductor)
      end(conductor, 'b')
      return startAll(conductor)
    }
    expect([arrived({}), arrived(KEPT)]).toEqual([[], ['j 0']])
  })

  it('a succeeded task with items can be run again', () => {
    const rerun = (options: ConductorOptions) => {
      const conductor = started("tasks: {a: {with: {items: '<% [1] %>'}, action: x}}", options)
      end(conductor, 'a', itemActionEvent(0, 'succeeded'))
      conductor.requestRerun([{ task: 'a' }])
      return startAll(conductor)
    }
    expect(rerun({})).toEqual(['a 0'])
    expect(() => rerun(KEPT)).toThrow("'NoneType' object has no attribute 'get'")
  })

  it('a rerun of items that failed knows what the others came to', () => {
    const results = (resetItems: boolean, options: ConductorOptions = {}) => {
      const text = `
tasks:
  a:
    with: {items: '<% [1, 2, 3] %>', concurrency: 2}
    action: x
    next: [{when: <% succeeded() %>, publish: [{o: <% result() %>}]}]
`
      const conductor = started(text, options)
      end(conductor, 'a', itemActionEvent(0, 'succeeded', 'p'))
      startAll(conductor)
      end(conductor, 'a', itemActionEvent(1, 'failed', 'q'))
      end(conductor, 'a', itemActionEvent(2, 'succeeded', 'r'))
      conductor.requestRerun([{ task: 'a', resetItems }])
      startAll(conductor)
      for (const item of resetItems ? [0, 1] : [1]) {
        end(conductor, 'a', itemActionEvent(item, 'succeeded', item))
        startAll(conductor)
      }
      if (resetItems) end(conductor, 'a', itemActionEvent(2, 'succeeded', 2))
      return conductor.state.contexts.at(-1)
    }
    expect(results(false)).toEqual({ o: ['p', 1, 'r'] })
    expect(results(true)).toEqual({ o: [0, 1, 2] })
    expect(results(false, KEPT)).toEqual({ o: [null, 1, null] })
  })

  it('a rerun takes up the task that led to fail, not the command', () => {
    const rerun = (options: ConductorOptions) => {
      const conductor = started('tasks: {a: {action: x, next: [{when: <% failed() %>, do: fail}]}}', options)
      end(conductor, 'a', actionEvent('failed'))
      conductor.requestRerun()
      return conductor.nextTasks().map(({ id }) => id)
    }
    expect([rerun({}), rerun(KEPT)]).toEqual([['a'], ['a', 'fail']])
  })

  it('a request that is refused changes nothing', () => {
    const asked = (options: ConductorOptions) => {
      const text = "tasks: {a: {action: x}, b: {with: {items: '<% [1, 2] %>'}, action: x}}"
      const conductor = started(text, options)
      end(conductor, 'a', actionEvent('failed'))
      expect(() => conductor.requestStatus('paused')).toThrow('for workflow in "failed" status.')
      return conductor.state.entry('b', 0)?.status
    }
    expect([asked({}), asked(KEPT)]).toEqual(['running', 'pausing'])
  })
})

describe('the guard against loops without end', () => {
  it('fails a workflow whose tasks have run too often, with an error that names the limit', () => {
    const text = 'tasks: {s: {action: x, next: [{do: a}]}, a: {next: [{do: a}]}}'
    const conductor = started(text, { limits: { taskRuns: 50 } })
    end(conductor, 's')
    for (let tasks = conductor.nextTasks(); tasks.length > 0; tasks = conductor.nextTasks()) {
      for (const task of tasks) {
        conductor.startTask(task)
        conductor.updateTask(task.id, task.route, actionEvent('succeeded'))
      }
    }
    expect(conductor.status).toBe('failed')
    expect(conductor.state.sequence.length).toBe(50)
    expect(conductor.errors.at(-1)?.message).toBe(
      'WorkflowLimitError: the workflow exceeds its limit of task runs (50, max_task_runs)',
    )
  })

  it('fails a task with too many items', () => {
    const text = 'tasks: {a: {with: {items: <% range(11).toList() %>}, action: x}}'
    const conductor = started(text, { limits: { items: 10 } })
    expect(conductor.errors.map(({ message }) => message)).toEqual([
      'WorkflowLimitError: the workflow exceeds its limit of items of a task (10, max_items)',
    ])
  })
})
