import { dumpsJson } from '@st2/python-values'
import { printList } from '../commands/print.ts'
import { type Fields, isFields } from '../format/fields.ts'
import { readDataFile } from '../resource/resource-file.ts'
import type { Handler } from '../shell/command-spec.ts'

const ATTRIBUTES = ['name', 'value', 'secret', 'scope', 'user', 'ttl']
/** Sent only when they say something. */
const OPTIONAL = ['user', 'encrypted', 'secret', 'ttl']

/** Nothing is sent before every item has been looked at. @source cli.md 12 */
export const loadKeys: Handler = async (context) => {
  const { input, io, session } = context
  const path = input.text('file') ?? ''
  const items = entriesOf(await readDataFile(io, path)).map((entry, index) =>
    itemOf(entry, `Item ${index + 1} of file "${path}"`, input.has('convert') ? 'convert' : 'refuse'),
  )
  const keys = session.client.collection('keys')
  for (const item of items) await keys.update(item.name, item)
  printList(context, items, { attributes: ATTRIBUTES, whenEmpty: 'say-so' })
}

/** One item stands for a list of it; an empty file holds none. */
function entriesOf(data: unknown): readonly unknown[] {
  if (Array.isArray(data)) return data
  const isEmpty = data === null || data === '' || (isFields(data) && Object.keys(data).length === 0)
  return isEmpty ? [] : [data]
}

function itemOf(entry: unknown, place: string, notText: 'convert' | 'refuse') {
  if (!isFields(entry)) throw new Error(`${place} is not an object.`)
  const name = entry['name']
  if (typeof name !== 'string' || name === '') throw new Error(`${place} has no "name", or one that is not a text.`)
  const optional = OPTIONAL.flatMap((key) => (isSaying(entry[key]) ? [[key, entry[key]] as const] : []))
  return {
    name,
    value: valueText(entry, name, notText),
    scope: entry['scope'] ?? 'system',
    ...Object.fromEntries(optional),
  }
}

function isSaying(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== '' && value !== 0
}

function valueText(entry: Fields, name: string, notText: 'convert' | 'refuse'): string {
  const value = entry['value']
  if (value === undefined) throw new Error(`Item '${name}' has no "value".`)
  if (typeof value === 'string') return value
  if (notText === 'convert') return dumpsJson(value)
  throw new Error(
    `Item '${name}' has a value that is not a string. Either pass in the -c/--convert option to convert` +
      ' non-string types to JSON strings automatically, or convert the data to a string in the file',
  )
}
