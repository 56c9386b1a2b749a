import { isFields, type Fields } from '../format/fields.ts'
import type { Io } from '../shell/io.ts'

type Asking = Pick<Io, 'ask' | 'askSecret' | 'out'>

const POSITIVE = ['1', 'y', 'yes', 'true']
const NEGATIVE = ['0', 'n', 'no', 'nope', 'nah', 'false']
/** Answers of one question that may be wrong. */
const MAX_TRIES = 20
/** Items of one list that are asked for one by one. */
const MAX_ITEMS = 1000

/** Why an answer is asked for again. */
class AnswerError extends Error {}

/** What an answer means; an empty one is the default, or null. */
interface Reader {
  readonly hint: string
  readonly read: (answer: string) => unknown
  readonly isSecret?: boolean
}

/** Asks for each property in the order of the schema, again as long as an answer does not fit. @source cli.md 11.1 */
export async function askBySchema(io: Asking, properties: Fields, prefix = ''): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(properties)) {
    if (!isFields(schema)) continue
    const answer = await askOne(io, `${prefix}${name}`, schema)
    if (answer !== SKIPPED) answers[name] = answer
  }
  return answers
}

const SKIPPED = Symbol('skipped')

async function askOne(io: Asking, name: string, schema: Fields): Promise<unknown> {
  const { type, items } = schema
  if (schema['enum'] === undefined && type === 'object') return askObject(io, name, schema)
  if (type === 'array' && isFields(items) && items['type'] === 'object') return askObjects(io, name, items)
  if (type === 'array' && isFields(items) && items['enum'] === undefined && !isPlain(items['type'])) {
    io.out(`Interactive mode does not support arrays of ${String(items['type'])} type yet. Skipping...\n`)
    return SKIPPED
  }
  const reader = readerOf(schema)
  if (typeof schema['description'] === 'string') io.out(`${schema['description']}\n`)
  const question = `${name}${reader.hint}${defaultHint(schema)}: `
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const answer = await (reader.isSecret === true ? io.askSecret(question) : io.ask(question))
    try {
      return valueOf(schema, reader, answer)
    } catch (error) {
      if (!(error instanceof AnswerError)) throw error
      io.out(`${error.message}\n`)
    }
  }
  throw new Error(`No answer for "${name}" fits its schema.`)
}

function valueOf(schema: Fields, reader: Reader, answer: string): unknown {
  if (answer !== '') return reader.read(answer)
  const fallback = schema['default']
  if (fallback === undefined && schema['required'] === true && isChecked(schema)) {
    throw new AnswerError('An answer is required.')
  }
  return fallback ?? null
}

/** Only these insist on an answer, as upstream has it. */
function isChecked({ type, enum: values }: Fields): boolean {
  return type === 'boolean' || type === 'array' || values !== undefined
}

function askObject(io: Asking, name: string, { properties }: Fields): Promise<unknown> {
  return askBySchema(io, isFields(properties) ? properties : {}, `${name}.`)
}

async function askObjects(io: Asking, name: string, items: Fields): Promise<unknown[]> {
  const found: unknown[] = []
  for (let index = 0; index < MAX_ITEMS; index++) {
    found.push(await askObject(io, `${name}[${index}]`, items))
    const more = await io.ask(`~~~ Would you like to add another item to  "${name}" array / list? (boolean) [y]: `)
    if (more !== '' && !POSITIVE.includes(more.toLowerCase())) return found
  }
  return found
}

function readerOf(schema: Fields): Reader {
  const { type, enum: values, items, secret } = schema
  if (Array.isArray(values)) return { hint: choices(values), read: (answer) => chosen(values, answer) }
  if (type === 'boolean') return { hint: ' (boolean)', read: readBoolean }
  if (type === 'number') return { hint: ' (float)', read: readNumber }
  if (type === 'integer') return { hint: ' (integer)', read: readInteger }
  if (type === 'array') {
    const allowed: unknown = isFields(items) ? items['enum'] : undefined
    if (Array.isArray(allowed)) {
      return { hint: choices(allowed), read: (answer) => split(answer).map((part) => chosen(allowed, part)) }
    }
    return { hint: ' (comma-separated list)', read: split }
  }
  return secret === true
    ? { hint: ' (secret)', read: (answer) => answer, isSecret: true }
    : { hint: '', read: (answer) => answer }
}

function defaultHint(schema: Fields): string {
  const { type, enum: values, default: fallback } = schema
  if (fallback === undefined) return ''
  if (Array.isArray(values)) return ` [${values.indexOf(fallback)}]`
  return type === 'boolean' ? ` [${fallback ? 'y' : 'n'}]` : ` [${String(fallback)}]`
}

function choices(values: readonly unknown[]): string {
  const lines = values.map((value, index) => `\n ${index} - ${String(value)}`).join('')
  const shown = values.slice(0, 3).map((_, index) => index)
  return `: ${lines}\nChoose from ${shown.join(', ')}${values.length > 3 ? '...' : ''}`
}

function chosen(values: readonly unknown[], answer: string): unknown {
  if (!/^\d+$/.test(answer)) throw new AnswerError('Not a number')
  const index = Number(answer)
  if (index >= values.length) throw new AnswerError('Out of bounds')
  return values[index]
}

function readBoolean(answer: string): boolean {
  if (POSITIVE.includes(answer.toLowerCase())) return true
  if (NEGATIVE.includes(answer.toLowerCase())) return false
  throw new AnswerError(`Does not look like boolean. Pick from [${[...POSITIVE, ...NEGATIVE].join(', ')}]`)
}

function readNumber(answer: string): number {
  const value = Number(answer)
  if (answer.trim() === '' || !Number.isFinite(value))
    throw new AnswerError(`could not convert string to float: '${answer}'`)
  return value
}

function readInteger(answer: string): number {
  if (!/^\s*[+-]?\d+\s*$/.test(answer)) throw new AnswerError(`invalid literal for int() with base 10: '${answer}'`)
  return Number(answer)
}

function split(answer: string): string[] {
  return answer.split(',').map((item) => item.trim())
}

function isPlain(type: unknown): boolean {
  return type === undefined || ['string', 'integer', 'number', 'boolean'].includes(String(type))
}
