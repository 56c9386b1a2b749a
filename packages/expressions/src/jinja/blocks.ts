import { AttributeObject, Markup, PyFunction } from './objects.ts'
import { Output } from './output.ts'
import type { Scope } from './scope.ts'

class BlockReference extends PyFunction {
  override readonly pyType = 'BlockReference'

  /** NOTE: upstream shows an address, which says nothing; ours is fixed. */
  override pyRepr(): string {
    return '<jinja2.runtime.BlockReference object at 0x7f0000000000>'
  }
}

/** `self`: the blocks of the template as functions. @source jinja2: runtime.py TemplateReference */
export class TemplateReference extends AttributeObject {
  override readonly pyModule = 'jinja2.runtime.'
  readonly pyType = 'TemplateReference'
  readonly #scope: Scope

  constructor(scope: Scope) {
    super()
    this.#scope = scope
  }

  attribute(name: string): unknown {
    const { blocks } = this.#scope.evaluation
    const render = blocks.get(name)
    if (render === undefined) return undefined
    return new BlockReference(name, ({ scope }) => {
      const output = new Output(scope.budget)
      scope.budget.spend()
      render(this.#scope, output)
      return scope.evaluation.autoescape ? new Markup(output.text()) : output.text()
    })
  }

  pyRepr(): string {
    return '<TemplateReference None>'
  }
}
