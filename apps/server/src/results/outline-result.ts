import { type JsonType, type JsonVisitor, type Steps, walkJson } from './json-walker.ts'
import { formatResultPath } from './result-path.ts'
import { ResultTarget } from './result-target.ts'

/** A value of a result by its place in the result's text: bytes from `start` up to, not including, `end`. */
interface ValuePlace {
  readonly path: string
  readonly type: JsonType
  readonly start: number
  end: number
  /** Entries of an object or array, UTF-16 units of a string. */
  count: number | null
}

export interface OutlineEntry extends ValuePlace {
  readonly key: string | number
  /** The beginning of a scalar as text; empty for containers. */
  preview: string
  /** The preview is all of it. */
  is_whole: boolean
}

export interface Outline extends ValuePlace {
  readonly children: readonly OutlineEntry[]
}

export interface OutlinePage {
  readonly offset: number
  readonly limit: number
}

/** UTF-16 units. */
const PREVIEW_LENGTH = 200

/** What stands at a path, and a page of what is directly in it; null: nothing stands there. */
export async function outlineResult(
  chunks: AsyncIterable<Uint8Array>,
  steps: Steps,
  page: OutlinePage,
): Promise<Outline | null> {
  const visitor = new OutlineVisitor(steps, page)
  await walkJson(chunks, visitor)
  return visitor.outline
}

class OutlineVisitor implements JsonVisitor {
  readonly #target: ResultTarget
  readonly #page: OutlinePage
  #found: ValuePlace | null = null
  #entries = 0
  #children: OutlineEntry[] = []
  /** The child on the page that has begun and not ended. */
  #child: OutlineEntry | null = null
  readonly keyDepth: number
  readsText = false

  constructor(steps: Steps, page: OutlinePage) {
    this.#target = new ResultTarget(steps)
    this.#page = page
    this.keyDepth = steps.length + 1
  }

  get isDone(): boolean {
    return this.#target.isPast
  }

  get outline(): Outline | null {
    return this.#found === null ? null : { ...this.#found, children: this.#children }
  }

  begin(type: JsonType, start: number, steps: Steps): void {
    if (this.#target.begin(steps)) {
      this.#found = placeOf(type, start, steps)
      this.readsText = type === 'string'
    } else if (this.#target.isHere) this.#beginBelow(type, start, steps)
  }

  text(piece: string): void {
    const place = this.#child ?? this.#found
    if (place?.type === 'string') place.count = (place.count ?? 0) + piece.length
    if (this.#child === null) return
    const room = PREVIEW_LENGTH - this.#child.preview.length
    this.#child.preview += piece.slice(0, room)
    if (piece.length > room) this.#child.is_whole = false
  }

  end(end: number, steps: Steps): void {
    const depth = this.#target.depthOf(steps)
    if (this.#target.isHere && depth === 1 && this.#child !== null) {
      this.#child.end = end
      this.#children.push(this.#child)
      this.#child = null
      this.readsText = false
    }
    if (this.#target.isHere && depth === 0 && this.#found !== null) this.#found.end = end
    this.#target.end(steps)
  }

  #beginBelow(type: JsonType, start: number, steps: Steps): void {
    const depth = this.#target.depthOf(steps)
    if (depth === 2 && this.#child !== null) this.#child.count = (this.#child.count ?? 0) + 1
    if (depth !== 1) return
    const { offset, limit } = this.#page
    const isOnPage = this.#entries >= offset && this.#entries < offset + limit
    this.#entries += 1
    if (this.#found !== null) this.#found.count = this.#entries
    if (!isOnPage) return
    const isContainer = type === 'object' || type === 'array'
    // Non-null: a value below another has a step.
    this.#child = { key: steps.at(-1)!, ...placeOf(type, start, steps), preview: '', is_whole: !isContainer }
    this.readsText = !isContainer
  }
}

function placeOf(type: JsonType, start: number, steps: Steps): ValuePlace {
  const isCounted = type === 'object' || type === 'array' || type === 'string'
  return { path: formatResultPath(steps), type, start, end: start, count: isCounted ? 0 : null }
}
