import { isInt, repr, str } from '@st2/python-values'
import { InvalidSchemaError } from './failure.ts'
import { isOfType } from './json-type.ts'
import { failing, number, type Check, type CompileKeyword, type KeywordSite } from './keyword-site.ts'
import { isJsonObject, own } from './schema-type.ts'

export function bound(
  limit: unknown,
  site: KeywordSite,
  exclusiveKeyword: string,
  comparison: string,
  keyword: 'minimum' | 'maximum',
): Check {
  const edge = number(limit, site)
  const isExclusive = own(site.schema, exclusiveKeyword) === true
  const wording = `${comparison}${isExclusive ? ' or equal to' : ''} the ${keyword} of ${repr(limit)}`
  return failing(keyword, site, (value) => {
    if (!isOfType.number(value)) return null
    const size = number(value, site)
    const isPast = keyword === 'minimum' ? size < edge : size > edge
    // eslint-disable-next-line eqeqeq -- a bigint equals the number of the same value
    return isPast || (isExclusive && size == edge) ? () => `${repr(value)} is ${wording}` : null
  })
}

export function multipleOf(argument: unknown, site: KeywordSite): Check {
  const divisor = number(argument, site)
  if (divisor <= 0) throw new InvalidSchemaError(`multipleOf must be greater than 0`, site.path)
  return failing('multipleOf', site, (value) =>
    isOfType.number(value) && !isMultiple(number(value, site), divisor)
      ? () => `${repr(value)} is not a multiple of ${str(argument)}`
      : null,
  )
}

function isMultiple(value: number | bigint, divisor: number | bigint): boolean {
  if (isInt(value) && isInt(divisor)) return BigInt(value) % BigInt(divisor) === 0n
  const quotient = Number(value) / Number(divisor)
  // past the range of floats only the exact remainder tells
  if (isInt(divisor) || !Number.isFinite(quotient)) return Number(value) % Number(divisor) === 0
  return Number.isInteger(quotient)
}

export function sizeLimit(
  kind: 'array' | 'object' | 'string',
  isPast: (difference: number) => boolean,
  textAtEdge: string,
  textElse: string,
): CompileKeyword {
  return (argument, site) => {
    const limit = Number(number(argument, site))
    const keyword = String(site.path.at(-1))
    // "non-empty" for a minimum of 1, "empty" for a maximum of 0
    const wording = limit === (isPast(-1) ? 1 : 0) ? textAtEdge : textElse
    return failing(keyword, site, (value) => {
      const size = sizeOf(kind, value)
      return size !== null && isPast(size - limit) ? () => `${repr(value)} ${wording}` : null
    })
  }
}

/** null for a value of another kind. Texts are counted in code points. */
function sizeOf(kind: 'array' | 'object' | 'string', value: unknown): number | null {
  if (typeof value === 'string') return kind === 'string' ? codePoints(value) : null
  if (Array.isArray(value)) return kind === 'array' ? value.length : null
  return kind === 'object' && isJsonObject(value) ? Object.keys(value).length : null
}

function codePoints(value: string): number {
  let count = 0
  for (const _ of value) count += 1
  return count
}
