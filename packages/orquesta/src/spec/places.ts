/** A place in a definition's text, both numbers from 1. */
export interface Place {
  line: number
  column: number
}

/** Names of keys and indices of lists, from the root on. */
export type SpecPath = readonly (string | number)[]

/** Where the keys and the list entries of a definition stand in its text. */
export class SpecPlaces {
  readonly #places: ReadonlyMap<string, Place>

  constructor(places: ReadonlyMap<string, Place> = new Map()) {
    this.#places = places
  }

  /** null for what does not stand in the text, and for all of a definition that was no text. */
  of(path: SpecPath): Place | null {
    return this.#places.get(placeKey(path)) ?? null
  }

  /** The place of the path or of the nearest part of it that has one. */
  nearest(path: SpecPath): Place | null {
    for (let length = path.length; length > 0; length--) {
      const place = this.of(path.slice(0, length))
      if (place !== null) return place
    }
    return null
  }
}

export function placeKey(path: SpecPath): string {
  return JSON.stringify(path)
}

/** `tasks.t1.next[0].do`, as inspection writes paths, in its parts. */
export function parseSpecPath(text: string): (string | number)[] {
  return Array.from(text.matchAll(/\[(\d+)\]|[^.[\]]+/g), ([whole, index]) =>
    index === undefined ? whole : Number(index),
  )
}
