/** Methods of bytes: those of texts, over bytes. */
import { isInt, PythonTypeError, PythonValueError, PyTuple, typeName } from '@st2/python-values'
import { decodeBytes, PyBytes } from '../bytes.ts'
import { toList } from '../collections.ts'
import { textOf } from '../objects.ts'
import { method, type MethodTable } from './method.ts'
import { STRING_METHODS } from './string-methods.ts'

function isBytes(value: unknown): value is PyBytes {
  return value instanceof PyBytes
}

/** Methods of texts that do the same for bytes, as long as letters are those of ASCII. */
const SHARED =
  'capitalize center endswith expandtabs isalnum isalpha isascii isdigit islower isspace istitle isupper ljust lower lstrip partition removeprefix removesuffix replace rfind rindex rjust rpartition rsplit rstrip split splitlines startswith strip swapcase title upper zfill count find index'.split(
    ' ',
  )
const SEARCHES = new Set('count find index rfind rindex'.split(' '))

export const BYTES_METHODS: MethodTable = {
  ...Object.fromEntries(
    SHARED.map((name): [string, MethodTable[string]] => [
      name,
      (self, call) => {
        if (!isBytes(self)) throw new TypeError(`a method of bytes was called on another kind of value: ${name}`)
        const run = STRING_METHODS[name]
        if (run === undefined) throw new TypeError(`texts have no method ${name}`)
        if (TAKES_BYTES.has(name)) requireBytes(textOf(call.args[0]))
        const args = call.args.map((argument, at) =>
          PADDING.has(name) && at === 1 ? fillOf(argument, name) : latinOf(argument, name),
        )
        try {
          return asBytes(run(self.latin, { ...call, args }))
        } catch (error) {
          if (!(error instanceof PythonValueError) || error.message !== 'substring not found') throw error
          throw new PythonValueError('subsection not found')
        }
      },
    ]),
  ),
  decode: method(
    isBytes,
    'bytes',
    'decode',
    [
      ['encoding', 'utf-8'],
      ['errors', 'strict'],
    ],
    (bytes, [encoding, errors]) =>
      decodeBytes(bytes, decodeArgument('encoding', encoding), decodeArgument('errors', errors)),
  ),
  hex: method(isBytes, 'bytes', 'hex', [], (bytes) =>
    bytes
      .values()
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join(''),
  ),
  translate: method(isBytes, 'bytes', 'translate', ['table'], (bytes, [table]) => {
    if (!(table instanceof PyBytes)) {
      throw new PythonTypeError(`a bytes-like object is required, not '${typeName(table)}'`)
    }
    if (table.length !== 256) throw new PythonValueError('translation table must be 256 characters long')
    return PyBytes.of(bytes.values().map((byte) => table.latin.charCodeAt(byte)))
  }),
  maketrans: method(isBytes, 'bytes', 'maketrans', ['frm', 'to'], (_bytes, given) => {
    const [from, to] = given.map((one) => {
      if (one instanceof PyBytes) return one.values()
      throw new PythonTypeError(`a bytes-like object is required, not '${typeName(textOf(one))}'`)
    })
    if (from?.length !== to?.length) throw new PythonValueError('maketrans arguments must have same length')
    const table = Array.from({ length: 256 }, (_, byte) => byte)
    for (const [at, byte] of (from ?? []).entries()) table[byte] = to?.[at] ?? byte
    return PyBytes.of(table)
  }),
  join: method(isBytes, 'bytes', 'join', ['iterable'], (bytes, [items], scope) => {
    const parts = toList(items, scope).map((item, at) => {
      if (item instanceof PyBytes) return item.latin
      throw new PythonTypeError(`sequence item ${at}: expected a bytes-like object, ${typeName(item)} found`)
    })
    scope.budget.requireLength(parts.reduce((sum, part) => sum + part.length + bytes.length, 0))
    return new PyBytes(parts.join(bytes.latin))
  }),
}

/** Methods whose first argument is bytes, or None. */
const TAKES_BYTES = new Set(
  'split rsplit strip lstrip rstrip partition rpartition removeprefix removesuffix replace'.split(' '),
)

function requireBytes(value: unknown): void {
  if (value === undefined || value === null || value instanceof PyBytes) return
  throw new PythonTypeError(`a bytes-like object is required, not '${typeName(value)}'`)
}

const PADDING = new Set(['center', 'ljust', 'rjust'])

function fillOf(value: unknown, name: string): string {
  if (value instanceof PyBytes && value.length === 1) return value.latin
  throw new PythonTypeError(`${name}() argument 2 must be a byte string of length 1, not ${typeName(value)}`)
}

function latinOf(given: unknown, name: string): unknown {
  const value = textOf(given)
  if (value instanceof PyBytes) return value.latin
  if (value instanceof PyTuple) return PyTuple.from(value.map((item) => latinOf(item, '')))
  if (SEARCHES.has(name) && isInt(value) && value >= 0 && value < 256) return String.fromCharCode(Number(value))
  if ((name === 'startswith' || name === 'endswith') && !isInt(value) && value !== null) {
    throw new PythonTypeError(`${name} first arg must be bytes or a tuple of bytes, not ${typeName(value)}`)
  }
  if (typeof value !== 'string') return value
  if (SEARCHES.has(name)) throw new PythonTypeError("argument should be integer or bytes-like object, not 'str'")
  throw new PythonTypeError("a bytes-like object is required, not 'str'")
}

function asBytes(result: unknown): unknown {
  if (typeof result === 'string') return new PyBytes(result)
  if (result instanceof PyTuple) return PyTuple.from(result.map(asBytes))
  return Array.isArray(result) ? result.map(asBytes) : result
}

function decodeArgument(name: string, value: unknown): string {
  const text = textOf(value)
  if (typeof text === 'string') return text
  throw new PythonTypeError(`decode() argument '${name}' must be str, not ${typeName(text)}`)
}
