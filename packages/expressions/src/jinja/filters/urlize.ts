import { escapeText } from '../markup.ts'
import { codePoints } from '../text.ts'

export interface LinkOptions {
  /** Longest address shown in full; asked for where there is an address. */
  limit: () => number | null
  relation: string
  target: string
  /** Further beginnings of addresses, `tel:` for example. */
  schemes: string[]
  onWord: () => void
}

/** Words beyond which one more step is counted. */
const WORDS_PER_STEP = 16

const WORD = '\\p{L}\\p{N}_'
const ADDRESS = new RegExp(
  `^(?:(?:https?://|www\\.)(?:[${WORD}%-]+\\.)*(?:[a-z]{2,63}|xn--[${WORD}%]{2,59})` +
    `|(?:[${WORD}%-]{2,63}\\.)+(?:com|net|int|edu|gov|org|info|mil)` +
    `|https?://(?:\\d{1,3}(?:\\.\\d{1,3}){3}|\\[(?:[\\da-f]{0,4}:){2}(?:[\\da-f]{0,4}:?){1,6}\\]))` +
    `(?::\\d{1,5})?(?:[/?#]\\S*)?$`,
  'iu',
)
const MAIL = new RegExp(`^\\S+@[${WORD}][${WORD}.-]*\\.[${WORD}]+$`, 'u')
const BRACKETS: [string, string][] = [
  ['(', ')'],
  ['<', '>'],
  ['&lt;', '&gt;'],
]

/** Turns addresses in an escaped text into links. @source jinja2: utils.py urlize */
export function linkWords(text: string, options: LinkOptions): string {
  return text
    .split(/(\s+)/)
    .map((word, at) => {
      if (at % WORDS_PER_STEP === 0) options.onWord()
      return at % 2 === 1 ? word : linkWord(word, options)
    })
    .join('')
}

function linkWord(word: string, options: LinkOptions): string {
  const head = /^(?:[(<]|&lt;)+/.exec(word)?.[0] ?? ''
  const [middle, tail] = splitTail(word.slice(head.length))
  const [address, rest] = balance(middle, tail)
  return head + link(address, options) + rest
}

/** Punctuation at the end of a word is no part of an address. */
function splitTail(word: string): [string, string] {
  let end = word.length
  for (;;) {
    if (end > 0 && ')>.,\n'.includes(word[end - 1] ?? '')) end--
    else if (word.endsWith('&gt;', end)) end -= 4
    else return [word.slice(0, end), word.slice(end)]
  }
}

/** A closing bracket belongs to the address when the opening one does. */
function balance(middle: string, tail: string): [string, string] {
  let [address, rest] = [middle, tail]
  for (const [open, close] of BRACKETS) {
    const opened = count(address, open)
    if (opened <= count(address, close)) continue
    let moved = 0
    for (let left = Math.min(opened, count(rest, close)); left > 0; left--)
      moved = rest.indexOf(close, moved) + close.length
    address += rest.slice(0, moved)
    rest = rest.slice(moved)
  }
  return [address, rest]
}

function count(text: string, part: string): number {
  return text.split(part).length - 1
}

function link(address: string, { limit, relation, target, schemes }: LinkOptions): string {
  const rel = relation === '' ? '' : ` rel="${escapeText(relation)}"`
  const extra = rel + (target === '' ? '' : ` target="${escapeText(target)}"`)
  if (ADDRESS.test(address)) {
    const href = /^https?:\/\//.test(address) ? address : `https://${address}`
    return `<a href="${href}"${extra}>${shorten(address, limit())}</a>`
  }
  if (address.startsWith('mailto:') && MAIL.test(address.slice(7)))
    return `<a href="${address}">${address.slice(7)}</a>`
  const mayBeMail = address.includes('@') && !address.includes(':') && !/^(?:www\.|@)/.test(address)
  if (mayBeMail && MAIL.test(address)) return `<a href="mailto:${address}">${address}</a>`
  return schemes.reduce(
    (word, scheme) => (word !== scheme && word.startsWith(scheme) ? `<a href="${word}"${extra}>${word}</a>` : word),
    address,
  )
}

function shorten(address: string, limit: number | null): string {
  const points = codePoints(address)
  if (limit === null || points.length <= limit) return address
  return `${Array.from(points.slice(0, limit)).join('')}...`
}
