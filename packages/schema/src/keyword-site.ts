import { floatValue, isFloat, repr } from '@st2/python-values'
import { InvalidSchemaError, ValidationFailure, type Path } from './failure.ts'
import { compilePattern, type Pattern } from './pattern.ts'
import { isJsonObject, type Schema } from './schema-type.ts'

/**
 * Tells whether a value fits. With `out` null it stops at the first failure; else it goes on and adds each failure to
 * `out`, with paths that start at the value.
 */
export type Check = (value: unknown, out: ValidationFailure[] | null) => boolean

/** What a keyword needs to know of the schema it stands in. */
export interface KeywordSite {
  schema: Schema
  /** From the root schema to the keyword. */
  path: Path
  /** Compiles a schema that stands beneath the keyword. */
  compile(schema: unknown, ...steps: (string | number)[]): Check
  /** The check of what a `$ref` points to, resolved when it is first needed. */
  reference(ref: string): Check
}

export type CompileKeyword = (argument: unknown, site: KeywordSite) => Check

/** A keyword that judges the value itself: `reason` gives null when it fits, else what makes the message. */
export function failing(keyword: string, site: KeywordSite, reason: (value: unknown) => (() => string) | null): Check {
  const { schema } = site
  return (value, out) => {
    const describe = reason(value)
    if (describe === null) return true
    out?.push(new ValidationFailure({ keyword, describe, instance: value, schema, schemaPath: site.path }))
    return false
  }
}

export function all(checks: readonly Check[]): Check {
  const [first, second] = checks
  if (first === undefined) return always
  if (checks.length === 1) return first
  if (checks.length === 2 && second !== undefined) {
    return (value, out) => {
      const fits = first(value, out)
      return fits || out !== null ? second(value, out) && fits : false
    }
  }
  return (value, out) => {
    let fits = true
    for (const check of checks) {
      if (check(value, out)) continue
      fits = false
      if (out === null) return false
    }
    return fits
  }
}

export const always: Check = () => true

/** Checks a part of a value and puts its name or index before the paths of the failures found. */
export function descend(check: Check, value: unknown, step: string | number, out: ValidationFailure[] | null): boolean {
  if (out === null) return check(value, null)
  const before = out.length
  const fits = check(value, out)
  for (let index = before; index < out.length; index += 1) out[index]?.beneath(step)
  return fits
}

export function patternOf(source: string, site: KeywordSite, ...steps: string[]): Pattern {
  try {
    return compilePattern(source)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw new InvalidSchemaError(error.message, [...site.path, ...steps], { cause: error })
  }
}

export function schemaMap(argument: unknown, site: KeywordSite): Readonly<Record<string, unknown>> {
  if (isJsonObject(argument)) return argument
  throw new InvalidSchemaError(`${repr(argument)} is not of type 'object'`, site.path)
}

export function list(argument: unknown, site: KeywordSite): readonly unknown[] {
  if (Array.isArray(argument)) return argument
  throw new InvalidSchemaError(`${repr(argument)} is not of type 'array'`, site.path)
}

export function text(argument: unknown, site: KeywordSite): string {
  if (typeof argument === 'string') return argument
  throw new InvalidSchemaError(`${repr(argument)} is not of type 'string'`, site.path)
}

export function number(argument: unknown, site: KeywordSite): number | bigint {
  if (typeof argument === 'number' || typeof argument === 'bigint') return argument
  if (isFloat(argument)) return floatValue(argument)
  throw new InvalidSchemaError(`${repr(argument)} is not of type 'number'`, site.path)
}
