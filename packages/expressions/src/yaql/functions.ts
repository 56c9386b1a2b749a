import { type FunctionDeclaration, signature } from './resolution/declaration.ts'
import { STANDARD_LAYER } from './library/standard.ts'
import { FunctionLayer } from './resolution/layer.ts'

export interface FunctionHelp {
  name: string
  kind: FunctionDeclaration['kind']
  /** `where(collection, predicate)` */
  signature: string
  help: string
}

/** The functions that expressions may call. Functions added later are looked at first. */
export class YaqlFunctions {
  readonly layer: FunctionLayer

  constructor(layer: FunctionLayer) {
    this.layer = layer
  }

  /** @throws TypeError for names that stand for operators */
  with(declarations: readonly FunctionDeclaration[]): YaqlFunctions {
    for (const { name } of declarations) {
      if (/^[#*]/.test(name)) throw new TypeError(`${name} is the name of an operator`)
    }
    return new YaqlFunctions(new FunctionLayer(declarations, this.layer))
  }

  /** What can be called by its name, for completions; overloads are entries of their own. */
  list(): FunctionHelp[] {
    return Array.from(this.layer.declarations())
      .filter(({ name }) => !/^[#*]/.test(name))
      .map((declaration) => ({
        name: declaration.name,
        kind: declaration.kind,
        signature: signature(declaration),
        help: declaration.help,
      }))
  }

  /** Properties of dates and lengths of time: `year` in `now().year`. */
  properties(): { name: string; help: string }[] {
    return Array.from(this.layer.declarations())
      .filter(({ name }) => name.startsWith('#property#'))
      .map(({ name, help }) => ({
        name: name.slice('#property#'.length),
        help,
      }))
  }
}

export const STANDARD_YAQL_FUNCTIONS = new YaqlFunctions(STANDARD_LAYER)
