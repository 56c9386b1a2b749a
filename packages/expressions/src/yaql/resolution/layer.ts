import type { FunctionDeclaration } from './declaration.ts'

/** Functions of one scope, with those of the scopes around it behind. */
export class FunctionLayer {
  readonly parent: FunctionLayer | null
  /** Whether an expression has put functions of its own over operators, which then lose their short cuts. */
  readonly redefinesOperators: boolean
  readonly #functions = new Map<string, FunctionDeclaration[]>()
  readonly #collected = new Map<string, readonly (readonly FunctionDeclaration[])[]>()

  /** @param origin operators of the language itself are what the short cuts stand for */
  constructor(
    declarations: Iterable<FunctionDeclaration>,
    parent: FunctionLayer | null = null,
    origin: 'language' | 'added' = 'added',
  ) {
    this.parent = parent
    let redefines = parent?.redefinesOperators ?? false
    for (const declaration of declarations) {
      const overloads = this.#functions.get(declaration.name) ?? []
      this.#functions.set(declaration.name, [...overloads, declaration])
      if (origin === 'added' && parent !== null && /^[#*]/.test(declaration.name)) redefines = true
    }
    this.redefinesOperators = redefines
  }

  /** Overloads layer by layer, the nearest first; underscores at the end of a name do not count. */
  collect(name: string, called: 'function' | 'method'): readonly (readonly FunctionDeclaration[])[] {
    const key = `${called} ${name}`
    const known = this.#collected.get(key)
    if (known !== undefined) return known
    const own = (this.#functions.get(bareName(name)) ?? []).filter(({ kind }) => kind === 'both' || kind === called)
    const outer = this.parent?.collect(name, called) ?? []
    const levels = own.length === 0 ? outer : [own, ...outer]
    if (this.#collected.size < MAX_COLLECTED) this.#collected.set(key, levels)
    return levels
  }

  *declarations(): Generator<FunctionDeclaration> {
    for (const overloads of this.#functions.values()) yield* overloads
    if (this.parent !== null) yield* this.parent.declarations()
  }
}

/** Names remembered per layer: expressions name any number of functions that do not exist. */
export const MAX_COLLECTED = 1000

/** A name without underscores at its end, which do not count. A pattern would look at long rows of them again and again. */
export function bareName(name: string): string {
  let end = name.length
  while (name[end - 1] === '_') end--
  return name.slice(0, end)
}
