import { type Dict, entriesOf, PythonValueError } from '@st2/python-values'
import { ContextPath } from '../contexts/context-path.ts'

/** A path: the one before and the context published, or the one before and the path that arrived. The root has number 0. */
export type PathRow = { before: number; row: number } | { before: number; arrived: number }

/** Numbers paths so that each is written once, after those that it consists of. */
export class PathWriter {
  readonly rows: PathRow[] = []
  readonly #numbers = new Map<ContextPath, number>([[ContextPath.ROOT, 0]])

  number(path: ContextPath): number {
    const open = [path]
    for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
      const missing = [next.parent, next.arrived].filter((part) => part !== null && !this.#numbers.has(part))
      if (missing.length > 0) open.push(...missing.filter((part) => part !== null))
      else {
        open.pop()
        this.#add(next)
      }
    }
    return this.#numbers.get(path) ?? 0
  }

  #add(path: ContextPath): void {
    if (this.#numbers.has(path) || path.parent === null) return
    const before = this.#numbers.get(path.parent) ?? 0
    const { row, arrived } = path
    if (row !== null) this.rows.push({ before, row })
    else if (arrived !== null) this.rows.push({ before, arrived: this.#numbers.get(arrived) ?? 0 })
    this.#numbers.set(path, this.rows.length)
  }
}

/** Makes paths of contexts; what they have in common is made once. */
export class PathReader {
  readonly #contexts: readonly Dict[]
  readonly #paths: ContextPath[] = [ContextPath.ROOT]
  readonly #published = new Map<ContextPath, Map<number, ContextPath>>()

  constructor(contexts: readonly Dict[]) {
    this.#contexts = contexts
  }

  /** Rows as `PathWriter` made them. */
  add(row: PathRow): void {
    const before = this.at(row.before)
    this.#paths.push('row' in row ? this.#publish(before, row.row) : before.joinedBy(this.at(row.arrived)))
  }

  at(number: number): ContextPath {
    const path = this.#paths[number]
    if (path === undefined) throw new PythonValueError(`there is no path of contexts with number ${number}`)
    return path
  }

  /** Upstream's list of numbers, the first of which is the initial context. */
  ofList(numbers: readonly number[]): ContextPath {
    let path = ContextPath.ROOT
    for (const number of numbers.slice(1)) path = this.#publish(path, number)
    return path
  }

  #publish(before: ContextPath, row: number): ContextPath {
    const known = this.#published.get(before) ?? new Map<number, ContextPath>()
    this.#published.set(before, known)
    const context = this.#contexts[row]
    if (context === undefined) throw new PythonValueError(`there is no context with number ${row}`)
    const variables = entriesOf(context).map(([name, value]): [string, unknown] => [String(name), value])
    const path = known.get(row) ?? before.published(row, variables)
    known.set(row, path)
    return path
  }
}
