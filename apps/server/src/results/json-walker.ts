import { StringDecoder } from 'node:string_decoder'

export type JsonType = 'object' | 'array' | 'string' | 'number' | 'boolean' | 'null'
/** The way to a value: keys of objects, places in arrays. */
export type Steps = readonly (string | number)[]

/** Who looks at a JSON text as it passes by. Places are bytes from the beginning of the text; `steps` is only good during the call. */
export interface JsonVisitor {
  /** What follows interests nobody: the rest is not read. */
  readonly isDone: boolean
  /** Whether the text of the value that has just begun is wanted. Containers have none. */
  readonly readsText: boolean
  /** Containers around a value at most, for its key to be wanted; deeper ones count as empty. */
  readonly keyDepth: number
  begin(type: JsonType, start: number, steps: Steps): void
  /** A piece of a string, decoded, or all of another scalar. `at`: where the piece begins. */
  text(piece: string, at: number): void
  /** @param end the byte after the value */
  end(end: number, steps: Steps): void
  /** Called before the value of the key begins. */
  key?(key: string, start: number, steps: Steps): void
}

/** Bytes of a string that are looked at one by one: most strings are short. */
const NEAR = 32

/** Characters of a key that are kept; a longer one is shortened. */
const MAX_KEY_LENGTH = 1000

/** Reads a text of any size, keeping one piece of it in memory. The text is JSON: what is stored was written as such. */
export async function walkJson(chunks: AsyncIterable<Uint8Array>, visitor: JsonVisitor): Promise<void> {
  const walker = new JsonWalker(visitor)
  for await (const chunk of chunks) {
    walker.write(chunk)
    if (visitor.isDone) return
  }
  walker.finish()
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const COMMA = 0x2c
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
const OPEN_ARRAY = 0x5b
const CLOSE_ARRAY = 0x5d

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

type Mode = 'between' | 'string' | 'escape' | 'scalar'

class JsonWalker {
  readonly #visitor: JsonVisitor
  readonly #steps: (string | number)[] = []
  readonly #kinds: ('object' | 'array')[] = []
  readonly #decoder = new StringDecoder('utf8')
  #mode: Mode = 'between'
  #expectsKey = false
  #isKey = false
  #isKeyWanted = false
  #key = ''
  /** Where the key or the scalar begins. */
  #start = 0
  #scalar = ''
  /** What of an escape was read. */
  #escape = ''
  /** Bytes before the present piece. */
  #base = 0
  /** The next of each in the present piece, once it was looked for. */
  #quote = -1
  #backslash = -1
  /** The decoder holds the beginning of a character that the piece before ended in. */
  #isCut = false

  constructor(visitor: JsonVisitor) {
    this.#visitor = visitor
  }

  write(bytes: Uint8Array): void {
    const chunk = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    let at = 0
    this.#quote = -1
    this.#backslash = -1
    while (at < chunk.length && !this.#visitor.isDone) {
      if (this.#mode === 'string') at = this.#readString(chunk, at)
      else if (this.#mode === 'escape') at = this.#readEscape(chunk, at)
      else if (this.#mode === 'scalar') at = this.#readScalar(chunk, at)
      else at = this.#readBetween(chunk, at)
    }
    this.#base += chunk.length
  }

  finish(): void {
    if (this.#mode === 'scalar') this.#endScalar(this.#base)
  }

  #readBetween(chunk: Buffer, at: number): number {
    const byte = chunk[at] ?? 0
    const place = this.#base + at
    switch (byte) {
      case QUOTE:
        if (this.#expectsKey) {
          this.#isKey = true
          this.#isKeyWanted = this.#kinds.length <= this.#visitor.keyDepth
          this.#key = ''
          this.#start = place
        } else this.#begin('string', place)
        this.#mode = 'string'
        return at + 1
      case OPEN_OBJECT:
        this.#open('object', place)
        return at + 1
      case OPEN_ARRAY:
        this.#open('array', place)
        return at + 1
      case CLOSE_OBJECT:
      case CLOSE_ARRAY:
        this.#close(place + 1)
        return at + 1
      case COMMA:
        this.#expectsKey = this.#kinds.at(-1) === 'object'
        return at + 1
      default:
        // Space and colons lie between, too.
        if (byte <= 0x20 || byte === 0x3a) return at + 1
        this.#start = place
        this.#scalar = ''
        this.#mode = 'scalar'
        this.#begin(scalarType(byte), place)
        return at
    }
  }

  #readString(chunk: Buffer, at: number): number {
    const end = this.#endOfSpan(chunk, at)
    if (end > at) this.#textOf(chunk, at, end)
    if (end === chunk.length) return end
    if (chunk[end] === BACKSLASH) {
      this.#mode = 'escape'
      this.#escape = ''
    } else this.#endString(this.#base + end + 1)
    return end + 1
  }

  /** The next quote or backslash, or the end of the piece. */
  #endOfSpan(chunk: Buffer, at: number): number {
    const near = Math.min(at + NEAR, chunk.length)
    for (let place = at; place < near; place++) {
      const byte = chunk[place]
      if (byte === QUOTE || byte === BACKSLASH) return place
    }
    // NOTE: what was found is kept: a piece with many of one and none of the other is not searched again and again.
    if (this.#quote < near) this.#quote = indexOrEnd(chunk, QUOTE, near)
    if (this.#backslash < near) this.#backslash = indexOrEnd(chunk, BACKSLASH, near)
    return Math.min(this.#quote, this.#backslash)
  }

  #readEscape(chunk: Buffer, at: number): number {
    this.#escape += String.fromCharCode(chunk[at] ?? 0)
    const isLong = this.#escape.startsWith('u')
    if (isLong && this.#escape.length < 5) return at + 1
    const text = isLong
      ? String.fromCharCode(Number.parseInt(this.#escape.slice(1), 16))
      : (ESCAPES[this.#escape] ?? this.#escape)
    this.#mode = 'string'
    this.#say(text, this.#base + at)
    return at + 1
  }

  #readScalar(chunk: Buffer, at: number): number {
    let end = at
    while (end < chunk.length && !endsScalar(chunk[end] ?? 0)) end++
    if (this.#visitor.readsText) this.#scalar += chunk.toString('latin1', at, end)
    if (end < chunk.length) this.#endScalar(this.#base + end)
    return end
  }

  #textOf(chunk: Buffer, at: number, end: number): void {
    if (!(this.#isKey ? this.#isKeyWanted : this.#visitor.readsText)) return
    const isWhole = end < chunk.length && !this.#isCut
    this.#say(isWhole ? chunk.toString('utf8', at, end) : this.#decoder.write(chunk.subarray(at, end)), this.#base + at)
    this.#isCut = end === chunk.length
  }

  #say(text: string, at: number): void {
    if (this.#isKey) {
      if (this.#isKeyWanted && this.#key.length <= MAX_KEY_LENGTH) this.#key += text
    } else if (this.#visitor.readsText) this.#visitor.text(text, at)
  }

  #begin(type: JsonType, start: number): void {
    const last = this.#steps.length - 1
    if (this.#kinds[last] === 'array') this.#steps[last] = Number(this.#steps[last]) + 1
    this.#visitor.begin(type, start, this.#steps)
  }

  #open(kind: 'object' | 'array', start: number): void {
    this.#begin(kind, start)
    this.#kinds.push(kind)
    this.#steps.push(kind === 'array' ? -1 : '')
    this.#expectsKey = kind === 'object'
  }

  #close(end: number): void {
    this.#kinds.pop()
    this.#steps.pop()
    this.#expectsKey = false
    this.#visitor.end(end, this.#steps)
  }

  #endString(end: number): void {
    this.#mode = 'between'
    if (!this.#isKey) {
      this.#visitor.end(end, this.#steps)
      return
    }
    this.#isKey = false
    this.#expectsKey = false
    const key = this.#key.length > MAX_KEY_LENGTH ? `${this.#key.slice(0, MAX_KEY_LENGTH)}…` : this.#key
    this.#steps[this.#steps.length - 1] = key
    this.#visitor.key?.(key, this.#start, this.#steps)
  }

  #endScalar(end: number): void {
    this.#mode = 'between'
    if (this.#visitor.readsText) this.#visitor.text(this.#scalar, this.#start)
    this.#visitor.end(end, this.#steps)
  }
}

function indexOrEnd(chunk: Buffer, byte: number, from: number): number {
  const index = chunk.indexOf(byte, from)
  return index === -1 ? chunk.length : index
}

function scalarType(byte: number): JsonType {
  if (byte === 0x74 || byte === 0x66) return 'boolean'
  return byte === 0x6e ? 'null' : 'number'
}

function endsScalar(byte: number): boolean {
  return byte === COMMA || byte === CLOSE_ARRAY || byte === CLOSE_OBJECT || byte <= 0x20
}
