/** Expressions made at random, from a seed: names, filters, methods and arguments that fit together or do not. */

/** Numbers in [0, 1) from a seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

export interface Vocabulary {
  atoms: readonly string[]
  filters: readonly string[]
  tests: readonly string[]
  methods: readonly string[]
}

const OPERATORS = [
  '+',
  '-',
  '*',
  '/',
  '//',
  '%',
  '**',
  '~',
  '==',
  '!=',
  '<',
  '<=',
  '>',
  '>=',
  'in',
  'not in',
  'and',
  'or',
]

export function randomExpression(random: () => number, words: Vocabulary, depth: number): string {
  const pick = (items: readonly string[]): string => items[Math.floor(random() * items.length)] ?? '1'
  const inner = (): string => randomExpression(random, words, depth - 1)
  const given = (): string => Array.from({ length: Math.floor(random() * 4) }, inner).join(', ')
  if (depth <= 0) return pick(words.atoms)
  const forms: (() => string)[] = [
    () => pick(words.atoms),
    () => `(${inner()} ${pick(OPERATORS)} ${inner()})`,
    () => `${inner()} | ${pick(words.filters)}`,
    () => `${inner()} | ${pick(words.filters)}(${given()})`,
    () => `(${inner()}).${pick(words.methods)}(${given()})`,
    () => `(${inner()}).${pick(words.methods)}`,
    () => `(${inner()})[${inner()}]`,
    () => `(${inner()})[${inner()}:${inner()}]`,
    () => `(${inner()} is ${pick(words.tests)}(${given()}))`,
    () => `[${given()}]`,
    () => `{${inner()}: ${inner()}}`,
    () => `(${inner()},)`,
    () => `(${inner()} if ${inner()} else ${inner()})`,
    () => `(not ${inner()})`,
    () => `(-${inner()})`,
    () => `[${inner()}] | map('${pick(words.filters)}') | list`,
  ]
  const form = forms[Math.floor(random() * forms.length)] ?? inner
  return form()
}
