export type OptionType = 'string' | 'integer' | 'float' | 'boolean' | 'list' | 'map'

/** One option of the configuration. `V` is the type its value has for the program. */
export interface Option<V> {
  readonly type: OptionType
  readonly default: V
  readonly meaning: string
  /** Upstream does not have it. */
  readonly ours: boolean
  /** The only values there are, in any case. */
  readonly choices?: readonly string[]
  readonly minimum?: number
  readonly maximum?: number
  /** Older names, which still work: used when the option is not set under its own name in the same source. */
  readonly deprecated: readonly { readonly group: string; readonly option: string }[]
  /** Upstream knows these values, this server does not: setting one stops the start. `any`: every value but an empty one. */
  readonly refused?: { readonly values: 'any' | readonly string[]; readonly reason: string }
}

export type OptionTable = Readonly<Record<string, Readonly<Record<string, Option<unknown>>>>>

export type ValueOf<O> = O extends Option<infer V> ? V : never

export type Extra = Partial<Pick<Option<unknown>, 'ours' | 'minimum' | 'maximum' | 'deprecated' | 'refused'>>

const plain = { ours: false, deprecated: [] } as const

export function text(fallback: string, meaning: string, extra: Extra = {}): Option<string> {
  return { ...plain, type: 'string', default: fallback, meaning, ...extra }
}

/** A string that is null when it is not set. */
export function optionalText(meaning: string, extra: Extra = {}): Option<string | null> {
  return { ...plain, type: 'string', default: null, meaning, ...extra }
}

export function choice<const C extends readonly string[]>(
  choices: C,
  fallback: C[number],
  meaning: string,
  extra: Extra = {},
): Option<C[number]> {
  return { ...plain, type: 'string', default: fallback, choices, meaning, ...extra }
}

export function integer(fallback: number, meaning: string, extra: Extra = {}): Option<number> {
  return { ...plain, type: 'integer', default: fallback, meaning, ...extra }
}

/** An integer that is null when it is not set, or empty. */
export function optionalInteger(meaning: string, extra: Extra = {}): Option<number | null> {
  return { ...plain, type: 'integer', default: null, meaning, ...extra }
}

export function float(fallback: number, meaning: string, extra: Extra = {}): Option<number> {
  return { ...plain, type: 'float', default: fallback, meaning, ...extra }
}

export function boolean(fallback: boolean, meaning: string, extra: Extra = {}): Option<boolean> {
  return { ...plain, type: 'boolean', default: fallback, meaning, ...extra }
}

/** Comma-separated. */
export function list(fallback: readonly string[], meaning: string, extra: Extra = {}): Option<readonly string[]> {
  return { ...plain, type: 'list', default: fallback, meaning, ...extra }
}

/** Comma-separated `key:value`. */
export function map(
  fallback: Readonly<Record<string, string>>,
  meaning: string,
  extra: Extra = {},
): Option<Readonly<Record<string, string>>> {
  return { ...plain, type: 'map', default: fallback, meaning, ...extra }
}
