import type { YamlNode, YamlPair, YamlTree } from '@st2/yaml'
import { type Place, placeKey, type SpecPath } from './places.ts'

/** What the structure of a YAML text shows that its value does not. */
export interface YamlStructure {
  /** Of keys and of list entries. */
  readonly places: ReadonlyMap<string, Place>
  /** Keys that stand twice in one mapping, in the order of the text. */
  readonly duplicates: readonly string[]
  /** Paths of numbers that were written with a point. */
  readonly floats: ReadonlySet<string>
}

/** What stands behind an alias has its places where it is written. */
export function structureOf({ text, root }: YamlTree): YamlStructure {
  const walk = new StructureWalk(text)
  if (root !== null) walk.node(root, [])
  return walk
}

const PLAIN_FLOAT = /^[-+]?(?:\d[\d_]*)?\.[\d_]*(?:[eE][-+]\d+)?$/

class StructureWalk implements YamlStructure {
  readonly places = new Map<string, Place>()
  readonly duplicates: string[] = []
  readonly floats = new Set<string>()
  readonly #lineStarts: readonly number[]

  constructor(text: string) {
    const first = text.startsWith('\uFEFF') ? 1 : 0
    this.#lineStarts = [first, ...Array.from(text.matchAll(/\r\n|\r|\n/g), (found) => found.index + found[0].length)]
  }

  node(node: YamlNode, path: SpecPath): void {
    if (node.kind === 'map') this.#pairs(node.pairs, path)
    else if (node.kind === 'seq') {
      for (const [at, { start, value }] of node.items.entries()) {
        this.#mark([...path, at], start)
        this.node(value, [...path, at])
      }
    } else if (node.kind === 'scalar' && node.style === 'plain') {
      if (typeof node.value === 'number' && PLAIN_FLOAT.test(node.text)) this.floats.add(placeKey(path))
    }
  }

  #pairs(pairs: readonly YamlPair[], path: SpecPath): void {
    const seen = new Set<string>()
    for (const { start, name, key, value } of pairs) {
      // Two merges are as much of a mistake as any other two.
      const known = name ?? '<<'
      if (seen.has(known)) this.duplicates.push(known)
      seen.add(known)
      // No definition needs a key behind a `?`.
      if (start < key.start) continue
      this.#mark([...path, known], key.contentStart)
      this.node(value, [...path, known])
    }
  }

  #mark(path: SpecPath, offset: number): void {
    this.places.set(placeKey(path), this.#place(offset))
  }

  #place(offset: number): Place {
    let [low, high] = [0, this.#lineStarts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.#lineStarts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.#lineStarts[low] ?? 0) + 1 }
  }
}
