import { PYTHON_SPACE, stripText } from '@st2/python-values'

const NAMES = new RegExp(
  `^(?:[\\p{L}\\p{N}_]+,[${PYTHON_SPACE}]*)*[\\p{L}\\p{N}_]+[${PYTHON_SPACE}]+in[${PYTHON_SPACE}]+$`,
  'u',
)
const DELIMITERS = [
  ['<%', '%>'],
  ['{{', '}}'],
] as const

/** Whether a text is one expression, or names, `in` and one expression: what `ITEMS_PATTERN` says, in linear time. */
export function isItemsText(text: string): boolean {
  const bare = stripText(text)
  return DELIMITERS.some(([open, close]) => {
    // the names hold no delimiter, so the first one opens the expression
    const at = bare.indexOf(open)
    if (at === -1 || !bare.endsWith(close) || bare.length < at + open.length + close.length) return false
    return !bare.includes('\n', at) && (at === 0 || NAMES.test(bare.slice(0, at)))
  })
}
