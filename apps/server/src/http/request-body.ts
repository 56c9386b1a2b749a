import type { FastifyInstance, FastifyRequest } from 'fastify'
import { type FromSchema, InvalidError, type JsonSchema } from '@st2/model'
import { inputValidator, SchemaValidationError } from '@st2/schema'

/** `[api]` limit on nesting: what is deeper cannot be worked on without risking the stack. */
export const MAX_JSON_DEPTH = 500

/** Bodies stay bytes until a route reads them: upstream ignores a body where none is declared. */
export function keepBodiesRaw(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
}

/**
 * The body as upstream reads it: JSON unless said otherwise, nothing counts as `{}`, forms become lists of strings.
 * @throws InvalidError with upstream's texts for a content type or a text that cannot be read
 * @source rest-api.md 2
 */
export function readBody(request: FastifyRequest): unknown {
  const text = bodyText(request)
  const contentType = (request.headers['content-type'] ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? ''
  if (contentType === 'application/json' || contentType === '') return parseJson(text)
  if (contentType === 'application/x-www-form-urlencoded' || contentType === 'multipart/form-data')
    return parseForm(text)
  if (contentType === 'text/plain') return text
  throw new InvalidError(`Failed to parse request body: Unsupported Content-Type: "${request.headers['content-type']}"`)
}

/**
 * Reads a body and holds it against its schema; the type follows from the schema.
 *
 * @param describe upstream's text by default, which does not say where; routes that upstream lacks use `namingTheField`
 */
export function bodyReader<const S extends JsonSchema>(
  schema: S,
  describe: (error: SchemaValidationError) => string = (error) => error.message,
): (request: FastifyRequest) => FromSchema<S> {
  const validate = inputValidator(schema)
  return (request) => {
    const body = readBody(request)
    try {
      return validate(body) as FromSchema<S>
    } catch (cause) {
      if (cause instanceof SchemaValidationError) throw new InvalidError(describe(cause), { cause })
      throw cause
    }
  }
}

export function namingTheField({ path, message }: SchemaValidationError): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`
}

/** What may be left out may be null, too, and means the same. */
export function withoutNulls<T extends object>(body: T): T {
  const entries = Object.entries(body).filter(([, value]) => value !== null)
  return entries.length === Object.keys(body).length ? body : (Object.fromEntries(entries) as T)
}

/** The body as it came. */
export function bodyText(request: FastifyRequest): string {
  return Buffer.isBuffer(request.body) ? request.body.toString('utf8') : ''
}

function parseJson(text: string): unknown {
  if (text.trim() === '') return {}
  if (isDeeperThan(text, MAX_JSON_DEPTH)) {
    throw new InvalidError(`Failed to parse request body: nested deeper than ${MAX_JSON_DEPTH} levels`)
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new InvalidError(`Failed to parse request body: ${reason}`, { cause })
  }
}

/** Counts brackets outside of strings; cheaper than parsing. */
function isDeeperThan(text: string, limit: number): boolean {
  let depth = 0
  let isInString = false
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    if (isInString) {
      if (code === 92) index++
      else if (code === 34) isInString = false
    } else if (code === 34) isInString = true
    else if (code === 91 || code === 123) {
      if (++depth > limit) return true
    } else if (code === 93 || code === 125) depth--
  }
  return false
}

function parseForm(text: string): Record<string, string[]> {
  const form = new Map<string, string[]>()
  for (const [key, value] of new URLSearchParams(text)) {
    if (value !== '') form.set(key, [...(form.get(key) ?? []), value])
  }
  return Object.fromEntries(form)
}
