import { repr } from '@st2/python-values'
import {
  FALSE_SCHEMA,
  InvalidSchemaError,
  SchemaValidationError,
  ValidationFailure,
  bestMatch,
  type Path,
} from './failure.ts'
import { all, always, type Check } from './keyword-site.ts'
import { KEYWORDS } from './keywords.ts'
import { META_SCHEMA_URI, nestedMetaSchema } from './meta-schema.ts'
import { isSchema, own, type Schema } from './schema-type.ts'

/** `$ref` inside `$ref`: deeper ones are refused. */
export const MAX_REFERENCE_DEPTH = 100
/** References followed during one validation: what ends schemas whose alternatives refer to themselves. */
export const MAX_REFERENCES = 100_000
export const MAX_SCHEMA_DEPTH = 200

/** A compiled schema. It keeps no reference to values; one may be used for any number of them. */
export interface Validator {
  isValid(value: unknown): boolean
  /** Every failure, in the order of the schema's keywords. */
  validate(value: unknown): ValidationFailure[]
  /** @throws SchemaValidationError with the failure that upstream would show */
  assertValid(value: unknown): void
}

/**
 * Compiles a schema into closures. The result is kept for as long as the schema object lives, which therefore must not
 * be changed afterwards.
 *
 * @throws InvalidSchemaError when a keyword's argument makes no sense or a pattern cannot be used
 */
export function compileValidator(schema: Schema): Validator {
  const known = compiled.get(schema)
  if (known !== undefined) return known
  const validator = new CompiledSchema(schema)
  compiled.set(schema, validator)
  return validator
}

/** Every failure of the value, in the order of the schema's keywords; empty when it fits. */
export function validate(schema: Schema, value: unknown): ValidationFailure[] {
  return compileValidator(schema).validate(value)
}

/** @throws SchemaValidationError with the failure that upstream would show */
export function assertValid(schema: Schema, value: unknown): void {
  compileValidator(schema).assertValid(value)
}

const compiled = new WeakMap<Schema, CompiledSchema>()

class CompiledSchema implements Validator {
  private readonly check: Check
  private readonly budget: ReferenceBudget = { depth: 0, followed: 0 }

  constructor(schema: Schema) {
    this.check = new Compiler(schema, this.budget).compile(schema, [])
  }

  isValid(value: unknown): boolean {
    this.budget.depth = this.budget.followed = 0
    return this.check(value, null)
  }

  validate(value: unknown): ValidationFailure[] {
    if (this.isValid(value)) return []
    const failures: ValidationFailure[] = []
    this.budget.depth = this.budget.followed = 0
    this.check(value, failures)
    return failures
  }

  assertValid(value: unknown): void {
    if (this.isValid(value)) return
    const failure = bestMatch(this.validate(value))
    if (failure !== null) throw new SchemaValidationError(failure)
  }
}

interface ReferenceBudget {
  depth: number
  followed: number
}

/** What a reference points to, and where that stands in its document. */
interface Target {
  check: Check
  path: Path
}

/** Compiles the schemas of one document, which is what their `#…` references point into. */
class Compiler {
  private readonly root: unknown
  private readonly budget: ReferenceBudget
  private readonly references = new Map<string, Target>()
  private metaSchema: Compiler | null = null

  constructor(root: unknown, budget: ReferenceBudget) {
    this.root = root
    this.budget = budget
  }

  compile(schema: unknown, path: Path): Check {
    if (path.length > MAX_SCHEMA_DEPTH)
      throw new InvalidSchemaError(`nested deeper than ${MAX_SCHEMA_DEPTH}`, path.slice(0, 5))
    if (schema === true) return always
    if (schema === false) return refusing(path)
    if (!isSchema(schema)) throw new InvalidSchemaError(`${repr(schema)} is not of type 'object'`, path)
    const checks: Check[] = []
    for (const [keyword, argument] of Object.entries(schema)) {
      const compileKeyword = Object.hasOwn(KEYWORDS, keyword) ? KEYWORDS[keyword] : undefined
      if (compileKeyword === undefined) continue
      const here = [...path, keyword]
      checks.push(
        compileKeyword(argument, {
          schema,
          path: here,
          compile: (inner, ...steps) => this.compile(inner, [...here, ...steps]),
          reference: (ref) => this.reference(ref, here),
        }),
      )
    }
    return all(checks)
  }

  private reference(ref: string, path: Path): Check {
    let target: Target | null = null
    return (value, out) => {
      target ??= this.target(ref, path)
      const { budget } = this
      budget.followed += 1
      if (budget.followed > MAX_REFERENCES || budget.depth >= MAX_REFERENCE_DEPTH) {
        throw new InvalidSchemaError(`$ref ${repr(ref)} is followed too often or too deep`, path)
      }
      const before = out?.length ?? 0
      budget.depth += 1
      try {
        return target.check(value, out)
      } finally {
        budget.depth -= 1
        for (const failure of out?.slice(before) ?? []) moveTo(path.slice(0, -1), failure, target.path)
      }
    }
  }

  private target(ref: string, path: Path): Target {
    const [uri, pointer] = splitOnce(ref, '#')
    if (uri === '') return this.pointed(pointer, ref, path)
    if (uri !== META_SCHEMA_URI) throw new InvalidSchemaError(`$ref ${repr(ref)} does not point into the schema`, path)
    this.metaSchema ??= new Compiler(nestedMetaSchema, this.budget)
    return this.metaSchema.pointed(pointer, ref, path)
  }

  private pointed(pointer: string, ref: string, path: Path): Target {
    const known = this.references.get(pointer)
    if (known !== undefined) return known
    const steps = pointer.split('/').slice(1).map(unescapeStep)
    let target: unknown = this.root
    for (const step of steps) target = partOf(target, step)
    const isAnchor = pointer !== '' && !pointer.startsWith('/')
    if (target === undefined || isAnchor) throw new InvalidSchemaError(`$ref ${repr(ref)} points to nothing`, path)
    const found = { check: this.compile(target, steps), path: steps }
    this.references.set(pointer, found)
    return found
  }
}

/** A failure behind a reference has the schema path it would have in the reference's place. */
function moveTo(place: Path, failure: ValidationFailure, from: Path): void {
  failure.schemaPath = [...place, ...failure.schemaPath.slice(from.length)]
}

function refusing(schemaPath: Path): Check {
  return (value, out) => {
    const describe = (): string => `False schema does not allow ${repr(value)}`
    out?.push(new ValidationFailure({ keyword: FALSE_SCHEMA, describe, instance: value, schema: false, schemaPath }))
    return false
  }
}

function splitOnce(text: string, mark: string): [string, string] {
  const at = text.indexOf(mark)
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)]
}

function partOf(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return /^\d+$/.test(step) ? value[Number(step)] : undefined
  return isSchema(value) ? own(value, step) : undefined
}

/** JSON pointer (RFC 6901), percent-encoded as a fragment is. */
function unescapeStep(step: string): string {
  return percentDecoded(step).replaceAll('~1', '/').replaceAll('~0', '~')
}

/** A text that is not percent-encoded UTF-8 stands for itself. */
function percentDecoded(step: string): string {
  try {
    return decodeURIComponent(step)
  } catch (error) {
    if (error instanceof URIError) return step
    throw error
  }
}
