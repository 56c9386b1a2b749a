import { compareText, repr } from '@st2/python-values'
import { isJsonType, isOfType } from './json-type.ts'
import { prettyText } from './pretty.ts'
import { isSchema } from './schema-type.ts'

export type Path = readonly (string | number)[]

/** One way in which a value does not fit its schema. */
export class ValidationFailure {
  /** The keyword that failed. */
  readonly keyword: string
  /** Of `anyOf` and `oneOf`: why none of the schemas fits; their paths start at this failure's value. */
  readonly context: readonly ValidationFailure[]
  /** The value that does not fit, and the schema it was held against. */
  readonly instance: unknown
  readonly schema: unknown
  private readonly describe: () => string
  private steps: (string | number)[]
  /** Of a reason within `anyOf` or `oneOf`: the path of the value that has the reasons. */
  private readonly outer: Path
  /** From the schema to the keyword; of a reason within `anyOf` or `oneOf`, from there. */
  schemaPath: Path

  constructor(about: {
    keyword: string
    describe: () => string
    instance: unknown
    schema: unknown
    schemaPath: Path
    context?: readonly ValidationFailure[]
    path?: Path
    outer?: Path
  }) {
    this.keyword = about.keyword
    this.context = about.context ?? []
    this.instance = about.instance
    this.schema = about.schema
    this.describe = about.describe
    this.steps = about.path === undefined ? [] : [...about.path].reverse()
    this.outer = about.outer ?? []
    this.schemaPath = about.schemaPath
  }

  /** Upstream's text. Made when asked for: it shows the value, and most failures are never shown. */
  get message(): string {
    return this.describe()
  }

  /** From the validated value to the one that does not fit; ends with the name of a missing property. */
  get path(): Path {
    return [...this.outer, ...this.relativePath]
  }

  /**
   * Upstream's long text, which some of its answers show: the message, the schema and the value.
   * NOTE: it shows the value as it is, secrets included, as upstream does.
   */
  get longText(): string {
    const schemaAt = indexed('schema', this.schemaPath.slice(0, -1))
    const instanceAt = indexed('instance', this.relativePath)
    return [
      this.message,
      '',
      `Failed validating ${repr(this.keyword === FALSE_SCHEMA ? null : this.keyword)} in ${schemaAt}:`,
      indentedText(this.schema),
      '',
      `On ${instanceAt}:`,
      indentedText(this.instance),
    ].join('\n')
  }

  /** Puts a step before the path. */
  beneath(step: string | number): void {
    this.steps.push(step)
  }

  within(parent: ValidationFailure): ValidationFailure {
    const { keyword, describe, instance, schema, schemaPath, context, relativePath: path } = this
    return new ValidationFailure({
      keyword,
      describe,
      instance,
      schema,
      schemaPath,
      context,
      path,
      outer: parent.path,
    })
  }

  private get relativePath(): Path {
    return [...this.steps].reverse()
  }
}

/** The keyword of a failure of the schema `false`, which has none. */
export const FALSE_SCHEMA = 'false'

const LONG_TEXT_WIDTH = 72

function indexed(name: string, steps: Path): string {
  return name + steps.map((step) => `[${repr(step)}]`).join('')
}

function indentedText(value: unknown): string {
  return prettyText(value, LONG_TEXT_WIDTH).replace(/^/gm, '    ')
}

/** Thrown for a value that does not fit its schema; `message` is upstream's. */
export class SchemaValidationError extends Error {
  override readonly name = 'SchemaValidationError'
  readonly path: Path
  readonly keyword: string
  readonly failure: ValidationFailure

  constructor(failure: ValidationFailure) {
    super(failure.message)
    this.path = failure.path
    this.keyword = failure.keyword
    this.failure = failure
  }
}

/** Thrown for a schema that cannot be applied: the fault of its author, not of the value. */
export class InvalidSchemaError extends Error {
  override readonly name = 'InvalidSchemaError'
  readonly reason: string
  /** From the root of the schema to the faulty part. */
  readonly path: Path

  constructor(reason: string, path: Path, options?: ErrorOptions) {
    super(path.length === 0 ? `Invalid schema: ${reason}` : `Invalid schema at ${path.join('.')}: ${reason}`, options)
    this.reason = reason
    this.path = path
  }
}

/**
 * The failure that is shown when there are several: the one nearest to the root, of those the one with the greatest path;
 * for `anyOf` and `oneOf` the deepest of their reasons, unless two are equally deep.
 *
 * @source jsonschema 4.26: jsonschema/exceptions.py best_match, which st2's validate() goes through
 */
export function bestMatch(failures: readonly ValidationFailure[]): ValidationFailure | null {
  let best: ValidationFailure | null = null
  for (const failure of failures) if (best === null || compareRelevance(failure, best) > 0) best = failure
  while (best !== null && best.context.length > 0) {
    const [least, second] = twoLeastRelevant(best.context)
    if (least === undefined) return best
    if (second !== undefined && compareRelevance(least, second) === 0) return best
    best = least.within(best)
  }
  return best
}

function twoLeastRelevant(failures: readonly ValidationFailure[]): [ValidationFailure?, ValidationFailure?] {
  const [least, second] = [...failures].sort(compareRelevance)
  return [least, second]
}

const WEAK_KEYWORDS = new Set(['anyOf', 'oneOf'])

function compareRelevance(left: ValidationFailure, right: ValidationFailure): number {
  const [leftPath, rightPath] = [left.path, right.path]
  return (
    rightPath.length - leftPath.length ||
    comparePaths(leftPath, rightPath) ||
    Number(!WEAK_KEYWORDS.has(left.keyword)) - Number(!WEAK_KEYWORDS.has(right.keyword)) ||
    Number(!matchesType(left)) - Number(!matchesType(right))
  )
}

function comparePaths(left: Path, right: Path): number {
  for (const [index, step] of left.entries()) {
    const other = right[index]
    if (other === undefined || step === other) continue
    if (typeof step === 'number' && typeof other === 'number') return step - other
    return compareText(String(step), String(other))
  }
  return 0
}

function matchesType(failure: ValidationFailure): boolean {
  if (!isSchema(failure.schema)) return false
  const expected = failure.schema['type']
  const types: unknown[] = Array.isArray(expected) ? expected : [expected]
  return types.some((type) => isJsonType(type) && isOfType[type](failure.instance))
}
