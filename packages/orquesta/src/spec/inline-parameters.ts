import { parseJson, PythonValueError } from '@st2/python-values'

const WORD = '[\\p{L}\\p{N}_]+'
/** What may stand behind `name=`; the first that fits is taken. Brackets reach to the last one of the text. */
const VALUES = [
  '\\[[^\\n]*\\]\\s*',
  '"[^"]*"\\s*',
  "'[^']*'\\s*",
  '-?\\p{Nd}*\\.\\p{Nd}+',
  '-?\\p{Nd}+',
  '[tT][rR][uU][eE]',
  '[fF][aA][lL][sS][eE]',
  'null',
  '<%[^\\n]*?%>',
  '\\{\\{[^\\n]*?\\}\\}',
]
const PARAMETER = new RegExp(`(${WORD})=(${VALUES.join('|')})`, 'gu')
const QUOTED = /"[^"]*"|'[^']*'/

const JSON_START = /^[-\d"[{tfn]/

/** Characters of a text that is searched for parameters. */
export const MAX_INLINE_LENGTH = 100_000

/**
 * `name=value` pairs in the text of an action or of a publish, in their order; a name may come more than once.
 *
 * @source orquesta: orquesta/utils/parameters.py parse_inline_params
 */
export function parseInlineParameters(text: string): [string, unknown][] {
  return findInlineParameters(text).map(({ name, value }) => [name, value])
}

/** A `name=value` and where it stands in its text, in UTF-16 units. */
export interface InlineParameter {
  name: string
  value: unknown
  start: number
  end: number
}

/** The same with their places. */
export function findInlineParameters(text: string): InlineParameter[] {
  if (text.length > MAX_INLINE_LENGTH) {
    throw new PythonValueError(`a text with inline parameters is longer than ${MAX_INLINE_LENGTH} characters`)
  }
  return Array.from(text.matchAll(PARAMETER), ({ 0: whole, 1: name = '', 2: value = '', index }) => {
    return { name, value: valueOf(value.trim()), start: index, end: index + whole.trimEnd().length }
  })
}

function valueOf(written: string): unknown {
  const text = written.replace(/^"/, '').replace(/"$/, '').replace(/^'/, '').replace(/'$/, '')
  const isMapping = text.startsWith('{') && text.endsWith('}')
  if (text !== '' && QUOTED.test(written) && !isMapping) return text
  return decoded(/^(?:true|false)$/i.test(text) ? text.toLowerCase() : text)
}

function decoded(text: string): unknown {
  // an expression, mostly
  if (!JSON_START.test(text)) return text
  try {
    return parseJson(text)
  } catch (error) {
    if (error instanceof PythonValueError) return text
    throw error
  }
}
