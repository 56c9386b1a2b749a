interface OpenCollection {
  sign: '{' | '['
  /** Of a list: which entry. */
  index: number
  keys: string[]
  /** Of a mapping: the key whose value is being read. */
  key: string | null
}

/** Where in a collection in braces the end of a text is. */
export interface FlowPlace {
  kind: 'key' | 'value'
  steps: (string | number)[]
  siblings: readonly string[]
  /** Where what is being typed begins. */
  from: number
  word: string
}

/** @returns null for a text that is in none, or in an expression in one */
export function flowPlace(text: string): FlowPlace | null {
  if (!/^(?:\[|\{(?![{%]))/.test(text)) return null
  const open: OpenCollection[] = []
  let start = 0
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? ''
    const innermost = open.at(-1)
    if (sign === '"' || sign === "'") at = endOfQuotes(text, at)
    else if (text.startsWith('<%', at) || text.startsWith('{{', at)) at = endOfExpression(text, at)
    else if (sign === '{' || sign === '[') {
      open.push({ sign, index: 0, keys: [], key: null })
      start = at + 1
    } else if (sign === '}' || sign === ']') {
      open.pop()
      start = at + 1
    } else if (sign === ',' && innermost !== undefined) {
      innermost.index++
      innermost.key = null
      start = at + 1
    } else if (sign === ':' && innermost?.sign === '{' && /\s/.test(text[at + 1] ?? ' ')) {
      innermost.key = text
        .slice(start, at)
        .trim()
        .replace(/^["']|["']$/g, '')
      innermost.keys.push(innermost.key)
      start = at + 1
    }
  }
  const innermost = open.at(-1)
  if (innermost === undefined) return null
  const from = start + (/^\s*/.exec(text.slice(start))?.[0].length ?? 0)
  const isKey = innermost.sign === '{' && innermost.key === null
  const steps = open.flatMap((collection, depth): (string | number)[] => {
    if (collection.sign === '[') return [collection.index]
    return collection.key === null || (isKey && depth === open.length - 1) ? [] : [collection.key]
  })
  return { kind: isKey ? 'key' : 'value', steps, siblings: innermost.keys, from, word: text.slice(from) }
}

function endOfQuotes(text: string, at: number): number {
  const end = text.indexOf(text[at] ?? '', at + 1)
  return end === -1 ? text.length : end
}

function endOfExpression(text: string, at: number): number {
  const end = text.indexOf(text[at] === '<' ? '%>' : '}}', at + 2)
  return end === -1 ? text.length : end + 1
}
