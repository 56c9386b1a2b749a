import { compareText, repr } from '@st2/python-values'
import { areUnique, jsonEqual } from './equality.ts'
import { InvalidSchemaError, ValidationFailure, type Path } from './failure.ts'
import { isJsonType, isOfType } from './json-type.ts'
import {
  all,
  always,
  descend,
  failing,
  list,
  patternOf,
  schemaMap,
  text,
  type Check,
  type CompileKeyword,
  type KeywordSite,
} from './keyword-site.ts'
import { bound, multipleOf, sizeLimit } from './limit-keywords.ts'
import { isJsonObject, isSchema, own, type Schema } from './schema-type.ts'

/** In the order of upstream's table. `required` stands in `properties`, `format` is never enforced. */
export const KEYWORDS: Readonly<Record<string, CompileKeyword>> = {
  $ref: (ref, site) => site.reference(text(ref, site)),
  additionalItems,
  additionalProperties,
  allOf,
  anyOf,
  dependencies,
  enum: enumeration,
  items,
  maxItems: sizeLimit('array', (value) => value > 0, 'is expected to be empty', 'is too long'),
  maxLength: sizeLimit('string', (value) => value > 0, 'is expected to be empty', 'is too long'),
  maxProperties: sizeLimit('object', (value) => value > 0, 'is expected to be empty', 'has too many properties'),
  maximum: (limit, site) => bound(limit, site, 'exclusiveMaximum', 'greater than', 'maximum'),
  minItems: sizeLimit('array', (value) => value < 0, 'should be non-empty', 'is too short'),
  minLength: sizeLimit('string', (value) => value < 0, 'should be non-empty', 'is too short'),
  minProperties: sizeLimit('object', (value) => value < 0, 'should be non-empty', 'does not have enough properties'),
  minimum: (limit, site) => bound(limit, site, 'exclusiveMinimum', 'less than', 'minimum'),
  multipleOf,
  not,
  oneOf,
  pattern,
  patternProperties,
  properties,
  type,
  uniqueItems,
}

function properties(argument: unknown, site: KeywordSite): Check {
  const { schema } = site
  const members = Object.entries(schemaMap(argument, site)).map(([name, property]) => ({
    name,
    check: site.compile(property, name),
    isRequired: isSchema(property) && property['required'] === true,
  }))
  return (value, out) => {
    if (!isJsonObject(value)) return true
    let fits = true
    for (const { name, check, isRequired } of members) {
      const member = Object.hasOwn(value, name) ? value[name] : undefined
      if (member !== undefined) {
        if (descend(check, member, name, out)) continue
        fits = false
      } else if (isRequired) {
        fits = false
        const describe = (): string => `${repr(name)} is a required property`
        out?.push(
          new ValidationFailure({
            keyword: 'required',
            describe,
            instance: value,
            schema,
            path: [name],
            schemaPath: [...site.path, name, 'required'],
          }),
        )
      }
      if (!fits && out === null) return false
    }
    return fits
  }
}

function patternProperties(argument: unknown, site: KeywordSite): Check {
  const members = Object.entries(schemaMap(argument, site)).map(([source, property]) => ({
    pattern: patternOf(source, site, source),
    check: site.compile(property, source),
  }))
  return (value, out) => {
    if (!isJsonObject(value)) return true
    let fits = true
    for (const member of members) {
      for (const [name, item] of Object.entries(value)) {
        if (!member.pattern.isFoundIn(name) || descend(member.check, item, name, out)) continue
        fits = false
        if (out === null) return false
      }
    }
    return fits
  }
}

function additionalProperties(argument: unknown, site: KeywordSite): Check {
  const { schema } = site
  if (argument !== false && !isSchema(argument)) return always
  const extrasOf = additionalNames(site)
  if (argument === false) {
    return failing('additionalProperties', site, (value) => {
      if (!isJsonObject(value)) return null
      const extras = extrasOf(value)
      return extras.length === 0 ? null : () => unexpectedProperties(extras, schema)
    })
  }
  const check = site.compile(argument)
  return (value, out) => {
    if (!isJsonObject(value)) return true
    let fits = true
    for (const name of extrasOf(value)) {
      if (descend(check, value[name], name, out)) continue
      fits = false
      if (out === null) return false
    }
    return fits
  }
}

/** Names that neither `properties` nor `patternProperties` beside the keyword speaks of. */
function additionalNames(site: KeywordSite): (value: Readonly<Record<string, unknown>>) => string[] {
  const known = own(site.schema, 'properties')
  const names = new Set(isJsonObject(known) ? Object.keys(known) : [])
  const sources = own(site.schema, 'patternProperties')
  const patterns = isJsonObject(sources) ? Object.keys(sources).map((source) => patternOf(source, site)) : []
  return (value) => {
    const extras: string[] = []
    for (const name in value) {
      if (names.has(name) || value[name] === undefined || patterns.some((each) => each.isFoundIn(name))) continue
      extras.push(name)
    }
    return extras
  }
}

function unexpectedProperties(extras: readonly string[], schema: Schema): string {
  const names = [...extras].sort(compareText).map(repr).join(', ')
  const patterns = own(schema, 'patternProperties')
  if (!isJsonObject(patterns)) {
    return `Additional properties are not allowed (${names} ${extras.length === 1 ? 'was' : 'were'} unexpected)`
  }
  const sources = Object.keys(patterns).sort(compareText).map(repr).join(', ')
  return `${names} ${extras.length === 1 ? 'does' : 'do'} not match any of the regexes: ${sources}`
}

function items(argument: unknown, site: KeywordSite): Check {
  if (Array.isArray(argument)) {
    const checks = argument.map((item: unknown, index) => site.compile(item, index))
    return (value, out) => !Array.isArray(value) || eachItem(value, out, 0, (index) => checks[index] ?? always)
  }
  const check = site.compile(argument)
  return (value, out) => !Array.isArray(value) || eachItem(value, out, 0, () => check)
}

/** Means something only beside an `items` that is a list. */
function additionalItems(argument: unknown, site: KeywordSite): Check {
  const listed = own(site.schema, 'items')
  if (!Array.isArray(listed) || (argument !== false && !isSchema(argument))) return always
  const first = listed.length
  if (argument === false) {
    return failing('additionalItems', site, (value) => {
      if (!Array.isArray(value) || value.length <= first) return null
      const extras: unknown[] = value.slice(first)
      const verb = extras.length === 1 ? 'was' : 'were'
      return () => `Additional items are not allowed (${extras.map(repr).join(', ')} ${verb} unexpected)`
    })
  }
  const check = site.compile(argument)
  return (value, out) => !Array.isArray(value) || eachItem(value, out, first, () => check)
}

function eachItem(
  value: readonly unknown[],
  out: ValidationFailure[] | null,
  first: number,
  checkAt: (index: number) => Check,
): boolean {
  let fits = true
  for (let index = first; index < value.length; index += 1) {
    if (descend(checkAt(index), value[index], index, out)) continue
    fits = false
    if (out === null) return false
  }
  return fits
}

function dependencies(argument: unknown, site: KeywordSite): Check {
  const checks = Object.entries(schemaMap(argument, site)).map(([name, dependency]) => ({
    name,
    check: Array.isArray(dependency) ? requiresAll(name, dependency, site) : site.compile(dependency, name),
  }))
  return (value, out) => {
    if (!isJsonObject(value)) return true
    let fits = true
    for (const { name, check } of checks) {
      if (!Object.hasOwn(value, name) || check(value, out)) continue
      fits = false
      if (out === null) return false
    }
    return fits
  }
}

function requiresAll(name: string, needed: readonly unknown[], site: KeywordSite): Check {
  const names = needed.map((each) => text(each, site))
  return all(
    names.map((each) =>
      failing('dependencies', site, (value) =>
        isJsonObject(value) && !Object.hasOwn(value, each)
          ? () => `${repr(each)} is a dependency of ${repr(name)}`
          : null,
      ),
    ),
  )
}

function allOf(argument: unknown, site: KeywordSite): Check {
  return all(list(argument, site).map((schema, index) => site.compile(schema, index)))
}

function anyOf(argument: unknown, site: KeywordSite): Check {
  const { schema } = site
  const checks = list(argument, site).map((inner, index) => site.compile(inner, index))
  return (value, out) => {
    if (out === null) return checks.some((check) => check(value, null))
    const context: ValidationFailure[] = []
    if (checks.some((check) => check(value, context))) return true
    shorten(context, site.path)
    const describe = (): string => noneFits(value)
    out.push(
      new ValidationFailure({ keyword: 'anyOf', describe, instance: value, schema, schemaPath: site.path, context }),
    )
    return false
  }
}

function oneOf(argument: unknown, site: KeywordSite): Check {
  const { schema } = site
  const schemas = list(argument, site)
  const checks = schemas.map((inner, index) => site.compile(inner, index))
  return (value, out) => {
    const context: ValidationFailure[] = []
    const fitting = schemas.filter((_, index) => checks[index]?.(value, out === null ? null : context) === true)
    if (fitting.length === 1) return true
    shorten(context, site.path)
    const [first, ...others] = fitting
    const describe = (): string =>
      first === undefined
        ? noneFits(value)
        : `${repr(value)} is valid under each of ${[...others, first].map(repr).join(', ')}`
    const reasons = first === undefined ? context : []
    out?.push(
      new ValidationFailure({
        keyword: 'oneOf',
        describe,
        instance: value,
        schema,
        schemaPath: site.path,
        context: reasons,
      }),
    )
    return false
  }
}

/** The schema paths of reasons start at the keyword they are reasons of. */
function shorten(context: readonly ValidationFailure[], prefix: Path): void {
  for (const failure of context) failure.schemaPath = failure.schemaPath.slice(prefix.length)
}

function noneFits(value: unknown): string {
  return `${repr(value)} is not valid under any of the given schemas`
}

function not(argument: unknown, site: KeywordSite): Check {
  const check = site.compile(argument)
  return failing('not', site, (value) =>
    check(value, null) ? () => `${repr(value)} should not be valid under ${repr(argument)}` : null,
  )
}

function type(argument: unknown, site: KeywordSite): Check {
  const names: unknown[] = Array.isArray(argument) ? argument : [argument]
  const tests = names.map((name) => {
    if (isJsonType(name)) return isOfType[name]
    throw new InvalidSchemaError(`type ${repr(name)} is unknown`, site.path)
  })
  const describe = (value: unknown) => (): string => `${repr(value)} is not of type ${names.map(repr).join(', ')}`
  const [first, second] = tests
  if (first !== undefined && tests.length === 1) {
    return failing('type', site, (value) => (first(value) ? null : describe(value)))
  }
  if (first !== undefined && second !== undefined && tests.length === 2) {
    return failing('type', site, (value) => (first(value) || second(value) ? null : describe(value)))
  }
  return failing('type', site, (value) => (tests.some((test) => test(value)) ? null : describe(value)))
}

function enumeration(argument: unknown, site: KeywordSite): Check {
  const values = list(argument, site)
  const texts = new Set(values.filter((value) => typeof value === 'string'))
  return failing('enum', site, (value) => {
    const isListed = typeof value === 'string' ? texts.has(value) : values.some((each) => jsonEqual(each, value))
    return isListed ? null : () => `${repr(value)} is not one of ${repr(argument)}`
  })
}

function pattern(argument: unknown, site: KeywordSite): Check {
  const source = text(argument, site)
  const compiled = patternOf(source, site)
  return failing('pattern', site, (value) => {
    if (typeof value !== 'string' || compiled.isFoundIn(value)) return null
    if (value.length > compiled.maxLength) {
      return () => `a text of ${value.length} characters is too long to be matched with ${repr(source)}`
    }
    return () => `${repr(value)} does not match ${repr(source)}`
  })
}

function uniqueItems(argument: unknown, site: KeywordSite): Check {
  if (argument !== true) return always
  return failing('uniqueItems', site, (value) =>
    !Array.isArray(value) || areUnique(value) ? null : () => `${repr(value)} has non-unique elements`,
  )
}
