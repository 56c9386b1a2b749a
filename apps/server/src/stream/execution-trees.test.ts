import type { Engine, Query } from '@st2/engine'
import type { ExecutionDocument, ExecutionStatus } from '@st2/model'
import { describe, expect, it } from 'vitest'
import { ExecutionTrees } from './execution-trees.ts'

interface Row {
  readonly id: string
  readonly parent?: string
  readonly status: ExecutionStatus
  readonly action_is_workflow: boolean
}

const workflow = (id: string, parent?: string): Row => row(id, parent, 'running', true)
const action = (id: string, parent?: string, status: ExecutionStatus = 'running'): Row => row(id, parent, status, false)

function row(id: string, parent: string | undefined, status: ExecutionStatus, action_is_workflow: boolean): Row {
  return { id, status, action_is_workflow, ...(parent === undefined ? {} : { parent }) }
}

/** Finds children as the store does, and counts how often it is asked. */
class FakeExecutions {
  readonly rows: Row[]
  queries = 0
  whenAsked: (() => void) | null = null

  constructor(rows: readonly Row[]) {
    this.rows = [...rows]
  }

  async find({ filter = [], limit = 1000 }: Query): Promise<Row[]> {
    this.queries += 1
    const parents = filter.find((condition) => 'field' in condition && condition.field === 'parent')
    const wantsWorkflows = filter.some((condition) => 'field' in condition && condition.field === 'runner')
    const found = this.rows.filter(
      (child) =>
        Array.isArray(parents?.value) &&
        parents.value.includes(child.parent) &&
        (wantsWorkflows ? child.action_is_workflow : child.status === 'running'),
    )
    this.whenAsked?.()
    return found.slice(0, limit)
  }
}

function treesOver(rows: readonly Row[], maxMembers = 1000) {
  const executions = new FakeExecutions(rows)
  const trees = new ExecutionTrees({ engine: { executions } as unknown as Pick<Engine, 'executions'>, maxMembers })
  return { executions, trees }
}

const asRoot = (root: Row) => root as unknown as ExecutionDocument
const holder = () => ({
  overflowed: 0,
  treeOverflowed: function () {
    this.overflowed += 1
  },
})
const isIn = (trees: ExecutionTrees, id: string) => [...trees.holding(id)].map(({ rootId }) => rootId)

describe('the tree of an execution', () => {
  const root = workflow('root')

  it('has what is there already, at any depth, and nothing of others', async () => {
    const { trees } = treesOver([
      workflow('a', 'root'),
      workflow('b', 'a'),
      action('c', 'b'),
      workflow('other'),
      action('d', 'other'),
    ])
    await trees.join(asRoot(root), holder())
    expect(['root', 'a', 'b', 'c'].map((id) => isIn(trees, id))).toEqual([['root'], ['root'], ['root'], ['root']])
    expect(['other', 'd'].map((id) => isIn(trees, id))).toEqual([[], []])
  })

  it('grows with what is created, without asking the store', async () => {
    const { trees, executions } = treesOver([])
    await trees.join(asRoot(root), holder())
    const asked = executions.queries
    trees.follow(workflow('a', 'root'))
    trees.follow(action('b', 'a'))
    trees.follow(action('x', 'elsewhere'))
    trees.follow(action('y'))
    expect(['a', 'b', 'x', 'y'].map((id) => isIn(trees, id))).toEqual([['root'], ['root'], [], []])
    expect(executions.queries).toBe(asked)
  })

  it('knows a child that had ended before by its parent', async () => {
    const { trees } = treesOver([action('late', 'root', 'succeeded')])
    await trees.join(asRoot(root), holder())
    expect(isIn(trees, 'late')).toEqual([])
    trees.follow(action('late', 'root', 'succeeded'))
    expect(isIn(trees, 'late')).toEqual(['root'])
  })

  it('misses nothing that is created while it is looked up', async () => {
    const { trees, executions } = treesOver([workflow('a', 'root')])
    executions.whenAsked = () => {
      executions.whenAsked = null
      // Below what is not known yet: the next level is asked for after this.
      executions.rows.push(workflow('b', 'a'))
      trees.follow(workflow('b', 'a'))
    }
    await trees.join(asRoot(root), holder())
    expect(isIn(trees, 'b')).toEqual(['root'])
  })

  it('asks nothing about an action that has ended', async () => {
    const { trees, executions } = treesOver([])
    await trees.join(asRoot(action('done', undefined, 'succeeded')), holder())
    expect([executions.queries, isIn(trees, 'done')]).toEqual([0, ['done']])
  })

  it('is forgotten with its last holder', async () => {
    const { trees } = treesOver([])
    const [first, second] = [holder(), holder()]
    const tree = await trees.join(asRoot(root), first)
    await trees.join(asRoot(root), second)
    trees.leave(tree, first)
    expect(isIn(trees, 'root')).toEqual(['root'])
    trees.leave(tree, second)
    trees.follow(action('a', 'root'))
    expect([isIn(trees, 'root'), isIn(trees, 'a')]).toEqual([[], []])
  })

  it('keeps the newest of what has ended, and what has not', async () => {
    const { trees } = treesOver([], 5000)
    await trees.join(asRoot(root), holder())
    trees.follow(action('open', 'root'))
    for (let count = 0; count < 1001; count++) trees.follow(action(`ended ${count}`, 'root', 'succeeded'))
    expect(['open', 'ended 0', 'ended 1', 'ended 1000'].map((id) => isIn(trees, id).length)).toEqual([1, 0, 1, 1])
  })

  it('ends when more is below it than may be known', async () => {
    const { trees } = treesOver([action('a', 'root')], 2)
    const held = holder()
    await trees.join(asRoot(root), held)
    trees.follow(action('b', 'root'))
    expect([held.overflowed, isIn(trees, 'root'), isIn(trees, 'a')]).toEqual([1, [], []])
  })

  it('finds what it missed', async () => {
    const { trees, executions } = treesOver([])
    await trees.join(asRoot(root), holder())
    executions.rows.push(workflow('a', 'root'), action('b', 'a'))
    await trees.learnAgain()
    expect([isIn(trees, 'a'), isIn(trees, 'b')]).toEqual([['root'], ['root']])
  })

  it('is looked up again when looking it up has failed', async () => {
    const { trees, executions } = treesOver([])
    await trees.join(asRoot(root), holder())
    executions.rows.push(workflow('a', 'root'))
    executions.whenAsked = () => {
      executions.whenAsked = null
      throw new Error('no store')
    }
    await expect(trees.learnAgain()).rejects.toThrow('no store')
    await trees.join(asRoot(root), holder())
    expect(isIn(trees, 'a')).toEqual(['root'])
  })

  it('no longer has what was removed', async () => {
    const { trees } = treesOver([action('a', 'root')])
    await trees.join(asRoot(root), holder())
    trees.forget('a')
    expect(isIn(trees, 'a')).toEqual([])
  })
})
