import { PythonError } from '@st2/python-values'
import { optional, type Parameter } from '../resolution/declaration.ts'
import { bool, nullable } from '../resolution/types.ts'

const LOWER = 'abcdefghijklmnopqrstuvwxyz'
const UPPER = LOWER.toUpperCase()
const DIGITS = '0123456789'
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'
const BLANKS = ' \t\n\r\x0b\x0c'

/** Kinds of characters; null where upstream's name no longer exists in Python. */
const CHARACTERS: readonly (readonly [name: string, pythonName: string, characters: string | null])[] = [
  ['digits', 'digits', DIGITS],
  ['hexdigits', 'hexdigits', `${DIGITS}abcdefABCDEF`],
  ['asciiLowercase', 'ascii_lowercase', LOWER],
  ['asciiUppercase', 'ascii_uppercase', UPPER],
  ['asciiLetters', 'ascii_letters', LOWER + UPPER],
  ['letters', 'letters', null],
  ['octdigits', 'octdigits', '01234567'],
  ['punctuation', 'punctuation', PUNCTUATION],
  ['printable', 'printable', DIGITS + LOWER + UPPER + PUNCTUATION + BLANKS],
  ['lowercase', 'lowercase', null],
  ['uppercase', 'uppercase', null],
  ['whitespace', 'whitespace', BLANKS],
]

export function characterParameters(): Parameter<boolean | null>[] {
  return CHARACTERS.map(([name]) => optional(name, nullable(bool), false))
}

export function characters(wanted: readonly (boolean | null)[]): unknown[] {
  const found = new Set<string>()
  for (const [at, [, pythonName, set]] of CHARACTERS.entries()) {
    if (wanted[at] !== true) continue
    if (set === null) throw new PythonError('AttributeError', `module 'string' has no attribute '${pythonName}'`)
    for (const char of set) found.add(char)
  }
  return [...found]
}
