import { PyObject } from '@st2/python-values'

/**
 * An iterator of Python: walked once, always true. It has no `return`, so a loop that ends early leaves the rest for the next
 * one.
 *
 * NOTE: upstream shows an address, which says nothing; ours is fixed.
 */
export class Lazy extends PyObject {
  readonly pyType: string
  readonly #shown: string
  readonly #source: Iterator<unknown>

  /** @param shown what stands in the repr: `map object`, or a whole repr in angle brackets or parentheses */
  constructor(shown: string, source: Iterator<unknown>) {
    super()
    this.#shown = shown
    this.#source = source
    this.pyType = className(shown)
  }

  next(): IteratorResult<unknown, unknown> {
    return this.#source.next()
  }

  /** Where a new loop begins: for all but memorized ones, where the last one ended. */
  restarted(): Lazy {
    return this
  }

  pyRepr(): string {
    return this.#shown.endsWith(')') ? this.#shown : `<${this.#shown} at 0x7f0000000000>`
  }
}

/** `generator`, `map`, `itertools.chain`, `RememberingIterator`, `itertools.count` */
function className(shown: string): string {
  const [name = ''] = shown.split(/ object|\(/)
  if (shown.startsWith('generator')) return 'generator'
  if (shown.endsWith(')')) return `itertools.${name}`
  return name.startsWith('itertools.') ? name : name.replace(/^.*\./, '')
}

/** The result of `memorize()`: every loop begins at the first element again. */
export class Memorized extends Lazy {
  readonly #yielded: unknown[]
  readonly #rest: Lazy

  constructor(rest: Lazy, yielded: unknown[] = []) {
    super('yaql.language.utils.memorize.<locals>.RememberingIterator object', replay(rest, yielded))
    this.#rest = rest
    this.#yielded = yielded
  }

  override restarted(): Lazy {
    return new Memorized(this.#rest, this.#yielded)
  }
}

function* replay(rest: Lazy, yielded: unknown[]): Generator<unknown, undefined> {
  for (let at = 0; ; at++) {
    if (at === yielded.length) {
      const step = rest.next()
      if (step.done === true) return undefined
      yielded.push(step.value)
    }
    yield yielded[at]
  }
}

/** An iterable that is no iterator and no list: each loop walks it from the start. */
export abstract class Reiterable extends PyObject {
  abstract values(): Iterable<unknown>
}
