/** Texts as sequences of code points, which is what Python counts; JavaScript counts UTF-16 units. */

const SURROGATE = /[\ud800-\udfff]/

/** Something to index: the text itself where units and code points are the same. */
export function codePoints(text: string): string | string[] {
  return SURROGATE.test(text) ? Array.from(text) : text
}

export function textLength(text: string): number {
  return codePoints(text).length
}

/** The code point at an index, `undefined` outside. */
export function textAt(text: string, index: number): string | undefined {
  return codePoints(text)[index]
}
