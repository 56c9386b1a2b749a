import { parseJsonPath } from './json-path.ts'

/** A document of the API by its top-level fields. */
export type Fields = Readonly<Record<string, unknown>>

export function fieldsOf(document: object): Fields {
  return Object.fromEntries(Object.entries(document))
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

const DOTTED = /^([\w-]+\.)*[\w-]+$/

/** The value at `a.b.c`, or what a JSONPath expression finds first; undefined when there is nothing. */
export function valueAt(document: Fields, path: string): unknown {
  if (!DOTTED.test(path)) return parseJsonPath(path)(document)[0]
  return path
    .split('.')
    .reduce<unknown>(
      (value, name) => (isFields(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      document,
    )
}

/** The chosen attributes as one nested object; what is missing or null is left out. */
export function pickFields(document: Fields, paths: readonly string[]): Fields {
  const picked: Record<string, unknown> = {}
  const chosen = isAll(paths) ? Object.keys(document) : paths
  for (const path of chosen) {
    const value = isAll(paths) ? document[path] : valueAt(document, path)
    if (value !== undefined && value !== null) place(picked, isAll(paths) ? [path] : path.split('.'), value)
  }
  return picked
}

export function isAll(paths: readonly string[] | undefined): boolean {
  return paths === undefined || paths.length === 0 || paths.includes('all')
}

function place(target: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: unknown): void {
  if (rest.length === 0) {
    target[name] = value
    return
  }
  const inner: Record<string, unknown> = { ...(isFields(target[name]) ? target[name] : {}) }
  place(inner, rest, value)
  target[name] = inner
}
