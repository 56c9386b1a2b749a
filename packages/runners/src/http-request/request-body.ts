import { randomUUID } from 'node:crypto'
import { InvalidError } from '@st2/model'
import { dumpsJson, parseLiteral, str } from '@st2/python-values'
import type { HttpFile, HttpParameters } from './http-parameters.ts'

export interface RequestBody {
  readonly bytes: Buffer
  /** Set when the kind of body decides it, whatever headers were given. */
  readonly contentType: string | null
}

/** @throws InvalidError when the body cannot be what its content type says */
export function requestBody({ body, file, headers }: HttpParameters): RequestBody | null {
  if (file !== null) {
    if (body !== null && body !== '') throw new InvalidError('Parameters "body" and "file_content" exclude each other')
    return multipart(file)
  }
  if (headerOf(headers, 'content-type') === 'application/json') return plain(jsonText(body))
  if (body === null || body === '') return null
  if (typeof body === 'string') return plain(body)
  if (typeof body === 'object' && !Array.isArray(body)) {
    return { bytes: Buffer.from(urlEncoded({ ...body })), contentType: 'application/x-www-form-urlencoded' }
  }
  return plain(str(body))
}

/** As Python's urlencode: lists repeat their name, null is left out, a blank is a plus. */
export function urlEncoded(values: Readonly<Record<string, unknown>>): string {
  const pairs = Object.entries(values).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value])
      .filter((item: unknown) => item !== null && item !== undefined)
      .map((item: unknown) => `${quotePlus(name)}=${quotePlus(str(item))}`),
  )
  return pairs.join('&')
}

export function headerOf(headers: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.entries(headers).find(([given]) => given.toLowerCase() === name)?.[1]
}

/** JSON goes as it is, so that no number changes; a Python literal becomes JSON; nothing becomes `null`. */
function jsonText(body: unknown): string {
  if (body === null || body === '') return 'null'
  if (typeof body !== 'string') return JSON.stringify(body)
  if (isJson(body)) return body
  try {
    return dumpsJson(parseLiteral(body), { separators: [',', ':'], ensureAscii: false })
  } catch (error) {
    throw new InvalidError('Parameter "body" is neither JSON nor a Python literal, as its Content-Type demands', {
      cause: error,
    })
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

function multipart({ name, content, contentType }: HttpFile): RequestBody {
  const boundary = randomUUID().replaceAll('-', '')
  const quoted = name.replace(/["\r\n]/g, (char) => encodeURIComponent(char))
  const lines = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${quoted}"; filename="${quoted}"`,
    ...(contentType === null ? [] : [`Content-Type: ${contentType.replace(/[\r\n]/g, ' ')}`]),
    '',
    content,
    `--${boundary}--`,
    '',
  ]
  return { bytes: Buffer.from(lines.join('\r\n')), contentType: `multipart/form-data; boundary=${boundary}` }
}

function plain(text: string): RequestBody {
  return { bytes: Buffer.from(text), contentType: null }
}

function quotePlus(text: string): string {
  const quoted = encodeURIComponent(text.toWellFormed())
  return quoted
    .replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
}
