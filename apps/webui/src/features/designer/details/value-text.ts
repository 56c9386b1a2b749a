import { parseYaml } from '@st2/yaml'

/** What a person types for a value: texts as they are, unless they would be read as something else. */
export function textOfValue(value: unknown): string {
  if (value === null || value === undefined) return value === null ? 'null' : ''
  if (typeof value !== 'string') return typeof value === 'object' ? JSON.stringify(value, null, 1) : String(value)
  return Object.is(valueOfText(value), value) ? value : JSON.stringify(value)
}

const NUMBER = /^[-+]?(?:0|[1-9]\d*)(?:\.\d+)?(?:e[-+]?\d+)?$/i
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['true', true],
  ['false', false],
  ['null', null],
])

/**
 * The value that a typed text stands for: numbers, true, false, null, lists, mappings and quoted texts are what they look like;
 * everything else is a text, expressions above all. Pure.
 */
export function valueOfText(text: string): unknown {
  const trimmed = text.trim()
  if (WORDS.has(trimmed)) return WORDS.get(trimmed)
  if (NUMBER.test(trimmed)) return Number(trimmed)
  if (!/^(?:\[[\s\S]*\]|\{(?!\{)[\s\S]*\}|"[\s\S]*")$/.test(trimmed)) return text
  try {
    return parseYaml(trimmed)
  } catch {
    return text // what only looks like one is a text
  }
}
