import { Changes, type Changing } from '../lazy-list.ts'
import { expressionText, type PathStep, pathText } from './json-path.ts'
import { type JsonRow, JsonTreeModel } from './json-rows.ts'

/** Rows of a tree, wherever the value lives. */
export interface JsonSource extends Changing {
  readonly count: number
  /** undefined while it is on its way. */
  readonly row: (index: number) => JsonRow | undefined
  readonly toggle: (id: number) => void
  /** Where a row stands in the whole value. */
  readonly path: (id: number) => string
  /** The same as an expression would say it. */
  readonly expression: (id: number) => string
  /** What is copied of a row: a text as it is, anything else as JSON. */
  readonly text: (id: number) => string | Promise<string>
}

/** A value that is here already. */
export class LocalTree extends Changes implements JsonSource {
  private readonly model: JsonTreeModel
  private readonly base: readonly PathStep[]

  /** @param base where the value stands in a larger one */
  constructor(value: unknown, base: readonly PathStep[] = []) {
    super()
    this.model = new JsonTreeModel(value)
    this.base = base
  }

  get count(): number {
    return this.model.count
  }

  row(index: number): JsonRow | undefined {
    return this.model.rowsBetween(index, index + 1)[0]
  }

  toggle(id: number): void {
    this.model.toggle(id)
    this.changed()
  }

  path(id: number): string {
    return pathText([...this.base, ...this.model.stepsOf(id)])
  }

  expression(id: number): string {
    return expressionText([...this.base, ...this.model.stepsOf(id)])
  }

  text(id: number): string {
    const value = this.model.valueOf(id)
    return typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
  }
}
