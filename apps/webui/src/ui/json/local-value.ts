import { WholeList } from '../lazy-list.ts'
import { pathSteps, valueAtPath } from './json-path.ts'
import { LocalTree } from './json-source.ts'
import { searchValue } from './search-value.ts'
import type { Described, JsonType, ValueStore } from './value-store.ts'

/** A value that is on the page already. */
export class LocalValue implements ValueStore {
  private readonly value: unknown
  private json: readonly string[] | undefined

  constructor(value: unknown) {
    this.value = value
  }

  get size(): number {
    return this.lines().reduce((sum, line) => sum + line.length + 1, 0)
  }

  readonly describe = (path: string): Described => {
    const here = this.at(path)
    const type = typeOf(here)
    const first: unknown = Array.isArray(here) ? here[0] : undefined
    return {
      type,
      count:
        typeof here === 'string'
          ? here.length
          : type === 'object' || type === 'array'
            ? Object.keys(here as object).length
            : 0,
      isTable: typeOf(first) === 'object',
      isText: typeof here === 'string' && here.includes('\n'),
    }
  }

  readonly tree = (path: string) => new LocalTree(this.at(path), pathSteps(path))

  readonly table = (path: string) => {
    const here = this.at(path)
    return new WholeList<unknown>(Array.isArray(here) ? here : [])
  }

  readonly text = (path: string) => {
    const here = this.at(path)
    return new WholeList((typeof here === 'string' ? here.replace(/\n$/, '') : '').split('\n'))
  }

  readonly copy = (path: string) => {
    const here = this.at(path)
    return typeof here === 'string' ? here : (JSON.stringify(here, null, 2) ?? '')
  }

  readonly raw = () => new WholeList(this.lines())

  readonly search = (query: string, from: number) => Promise.resolve(searchValue(this.value, query, from))

  private at(path: string): unknown {
    return valueAtPath(this.value, pathSteps(path))
  }

  private lines(): readonly string[] {
    this.json ??= (JSON.stringify(this.value, null, 2) ?? '').split('\n')
    return this.json
  }
}

function typeOf(value: unknown): JsonType {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return 'array'
  const type = typeof value
  return type === 'object' || type === 'string' || type === 'number' || type === 'boolean' ? type : 'null'
}
