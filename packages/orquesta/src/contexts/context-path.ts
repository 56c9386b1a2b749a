import { PythonValueError } from '@st2/python-values'
import { Changes } from './changes.ts'

/** Numbers of contexts that the serialised form of one task may hold; upstream's lists double with every join. */
const MAX_EXPORTED_CONTEXTS = 1_000_000

/**
 * Which contexts a task starts with, by pointer to the ones before. Upstream keeps a list of numbers for each task; here a task
 * costs one node, whatever came before it.
 */
export class ContextPath {
  /** The initial context alone. */
  static readonly ROOT = new ContextPath(null, null, null, Changes.NONE, 1)

  readonly parent: ContextPath | null
  /** The context that was published last; null where two paths come together, and at the root. */
  readonly row: number | null
  /** The path that arrived later, where two come together. */
  readonly arrived: ContextPath | null
  readonly changes: Changes
  /** How many numbers upstream's list has. */
  readonly length: number

  private constructor(
    parent: ContextPath | null,
    row: number | null,
    arrived: ContextPath | null,
    changes: Changes,
    length: number,
  ) {
    this.parent = parent
    this.row = row
    this.arrived = arrived
    this.changes = changes
    this.length = length
  }

  /** With one more context, whose variables are given. */
  published(row: number, variables: Iterable<readonly [string, unknown]>): ContextPath {
    return new ContextPath(this, row, null, this.changes.with(variables), this.length + 1)
  }

  /** With all that another path brings; the later arrival wins. */
  joinedBy(arrived: ContextPath): ContextPath {
    const length = this.length + arrived.length - 1
    return new ContextPath(this, null, arrived, this.changes.with(arrived.changes.entries()), length)
  }

  /** The numbers of the contexts in the order in which they are merged. */
  rows(): number[] {
    if (this.length > MAX_EXPORTED_CONTEXTS) {
      throw new PythonValueError(`a task has more contexts than MAX_EXPORTED_CONTEXTS (${MAX_EXPORTED_CONTEXTS})`)
    }
    return [0, ...this.#tail()]
  }

  #tail(): number[] {
    const reversed: number[] = []
    const open: ContextPath[] = [this]
    for (let path = open.pop(); path !== undefined; path = open.pop()) {
      if (path.row !== null) reversed.push(path.row)
      if (path.parent !== null) open.push(path.parent)
      if (path.arrived !== null) open.push(path.arrived)
    }
    return reversed.reverse()
  }
}
