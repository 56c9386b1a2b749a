import { findInlineParameters, parseInlineParameters } from '@st2/orquesta'
import type { Entry } from '../model/workflow-model.ts'
import { isSameValue } from '../yaml-edits/same-value.ts'

/**
 * A text of `name=value` with these values instead: what is equal stays as it is written, new ones come last.
 *
 * @returns null when the text can not say that: it would be read as something else
 */
export function withParameters(text: string, entries: readonly Entry[]): string | null {
  if (says(text, entries)) return text
  const wanted = new Map(entries.map(({ name, value }) => [name, value]))
  let result = ''
  let at = 0
  for (const { name, value, start, end } of findInlineParameters(text)) {
    const next = wanted.get(name)
    if (!wanted.has(name)) {
      result += text.slice(at, start).trimEnd()
      at = end
    } else if (!isSameValue(value, next)) {
      const written = parameterText(name, next)
      if (written === null) return null
      result += text.slice(at, start) + written
      at = end
    }
    wanted.delete(name)
  }
  result += text.slice(at)
  for (const [name, value] of wanted) {
    const written = parameterText(name, value)
    if (written === null) return null
    result += `${result === '' ? '' : ' '}${written}`
  }
  return says(result, entries) ? result.replace(/^ +/, '') : null
}

/** The same for the input of a task, where of two with one name the last one counts. */
export function withInput(text: string, entries: readonly Entry[]): string | null {
  const said = new Map(parseInlineParameters(text))
  const isSaid = isSameValue(said, new Map(entries.map(({ name, value }) => [name, value])))
  return isSaid && entries.length > 0 ? text : withParameters(text, entries)
}

function says(text: string, entries: readonly Entry[]): boolean {
  const found = parseInlineParameters(text)
  if (found.length !== entries.length) return false
  return entries.every(({ name, value }, index) => found[index]?.[0] === name && isSameValue(found[index]?.[1], value))
}

/** Longer ones are easier to read in a list. */
const WHOLE_EXPRESSION = /^(?:<%(?:(?!%>)[^\n])*%>|\{\{(?:(?!\}\})[^\n])*\}\})$/

function parameterText(name: string, value: unknown): string | null {
  return (
    [valueText(value), `'${JSON.stringify(value)}'`]
      .map((text) => `${name}=${text}`)
      .find((text) => says(text, [{ name, value }])) ?? null
  )
}

function valueText(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value)
  if (WHOLE_EXPRESSION.test(value)) return value
  return value.includes('"') ? `'${value}'` : `"${value}"`
}
