import { type Engine, livingDescendants } from '@st2/engine'
import { type ExecutionDocument, isCompleted } from '@st2/model'

/** Ended executions without children that are still known: what they printed last may be under way. */
const ENDED_KEPT = 1000

export interface TreeHolder {
  /** More is below the root than may be known; the holder gets no further events of it. */
  treeOverflowed(tree: ExecutionTree): void
}

/** An execution that somebody follows, and what is known below it. */
export interface ExecutionTree {
  readonly rootId: string
  readonly members: ReadonlySet<string>
}

interface HeldTree extends ExecutionTree {
  readonly members: Set<string>
  readonly holders: Set<TreeHolder>
  /** Resolves when what is there is known; null: it is to be looked up. */
  learnt: Promise<void> | null
}

export interface ExecutionTreesOptions {
  readonly engine: Pick<Engine, 'executions'>
  /** `[stream] max_tree_executions` */
  readonly maxMembers: number
}

/**
 * Which executions belong to the trees that clients follow. What can still have children or print is looked up once, when a tree is
 * first followed; from then on each event says whose child it is, so that no event costs a query. An execution that had ended by then
 * is not known itself, but its parent is, and every event names the parent.
 */
export class ExecutionTrees {
  readonly #options: ExecutionTreesOptions
  readonly #trees = new Map<string, HeldTree>()
  readonly #byMember = new Map<string, Set<HeldTree>>()
  /** In the order they ended. */
  readonly #ended = new Set<string>()

  constructor(options: ExecutionTreesOptions) {
    this.#options = options
  }

  /** Resolves when everything that happens in the tree from now on will be known as such. */
  async join(root: ExecutionDocument, holder: TreeHolder): Promise<ExecutionTree> {
    const tree = this.#trees.get(root.id) ?? this.#plant(root)
    tree.holders.add(holder)
    try {
      await this.#known(tree)
    } catch (error) {
      this.leave(tree, holder)
      throw error
    }
    return tree
  }

  leave({ rootId }: ExecutionTree, holder: TreeHolder): void {
    const tree = this.#trees.get(rootId)
    if (tree === undefined || !tree.holders.delete(holder) || tree.holders.size > 0) return
    this.#trees.delete(rootId)
    for (const id of tree.members) this.#removeMember(tree, id)
    tree.members.clear()
  }

  /** Trees that the execution is in. */
  holding(executionId: string): ReadonlySet<ExecutionTree> {
    return this.#byMember.get(executionId) ?? NO_TREES
  }

  /** Takes notice of an execution that was created or changed. */
  follow(document: Pick<ExecutionDocument, 'id' | 'parent' | 'status' | 'action_is_workflow'>): void {
    if (this.#trees.size === 0) return
    const { id, parent } = document
    const above = parent === undefined ? NO_TREES : (this.#byMember.get(parent) ?? NO_TREES)
    for (const tree of above) this.#add(tree, id)
    if (isCompleted(document.status) && !document.action_is_workflow && this.#byMember.has(id)) this.#markEnded(id)
  }

  /** The execution was removed. */
  forget(executionId: string): void {
    for (const tree of this.#byMember.get(executionId) ?? NO_TREES) {
      tree.members.delete(executionId)
      this.#removeMember(tree, executionId)
    }
    this.#ended.delete(executionId)
  }

  /** Looks up again what is below the roots, after events may have been lost. */
  async learnAgain(): Promise<void> {
    for (const tree of this.#trees.values()) {
      tree.learnt = null
      await this.#known(tree)
    }
  }

  #plant(root: ExecutionDocument): HeldTree {
    const mayHaveMore = root.action_is_workflow || !isCompleted(root.status)
    const learnt = mayHaveMore ? null : Promise.resolve()
    const tree: HeldTree = { rootId: root.id, members: new Set(), holders: new Set(), learnt }
    this.#trees.set(root.id, tree)
    this.#add(tree, root.id)
    return tree
  }

  async #known(tree: HeldTree): Promise<void> {
    const learnt = (tree.learnt ??= this.#learn(tree))
    try {
      await learnt
    } catch (error) {
      if (tree.learnt === learnt) tree.learnt = null
      throw error
    }
  }

  async #learn(tree: HeldTree): Promise<void> {
    const { engine, maxMembers } = this.#options
    for await (const level of livingDescendants(engine.executions, tree.rootId, maxMembers)) {
      for (const { id } of level) this.#add(tree, id)
    }
  }

  #add(tree: HeldTree, id: string): void {
    // Nobody follows it any more.
    if (this.#trees.get(tree.rootId) !== tree || tree.members.has(id)) return
    tree.members.add(id)
    const trees = this.#byMember.get(id)
    if (trees === undefined) this.#byMember.set(id, new Set([tree]))
    else trees.add(tree)
    if (tree.members.size > this.#options.maxMembers) this.#overflow(tree)
  }

  #overflow(tree: HeldTree): void {
    for (const holder of tree.holders) {
      this.leave(tree, holder)
      holder.treeOverflowed(tree)
    }
  }

  #markEnded(id: string): void {
    this.#ended.delete(id)
    this.#ended.add(id)
    if (this.#ended.size <= ENDED_KEPT) return
    const [oldest] = this.#ended
    if (oldest === undefined) return
    this.#ended.delete(oldest)
    for (const tree of this.#byMember.get(oldest) ?? NO_TREES) {
      if (tree.rootId === oldest) continue
      tree.members.delete(oldest)
      this.#removeMember(tree, oldest)
    }
  }

  #removeMember(tree: HeldTree, id: string): void {
    const trees = this.#byMember.get(id)
    trees?.delete(tree)
    if (trees?.size === 0) this.#byMember.delete(id)
  }
}

const NO_TREES: ReadonlySet<HeldTree> = new Set()
