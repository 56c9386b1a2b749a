import { ConfigError } from './config-error.ts'

export interface IniEntry {
  readonly section: string
  readonly key: string
  readonly value: string
  /** Line of the key, from 1. */
  readonly line: number
}

export interface IniFile {
  /** In the order of the file; of a repeated key the last one counts. */
  readonly entries: readonly IniEntry[]
  readonly sections: readonly { readonly name: string; readonly line: number }[]
}

/**
 * INI as StackStorm's services read it: `=` or `:`, whichever comes first; one pair of quotes around a value is
 * removed; an indented line continues the value above it; a comment is a line that starts with `#` or `;`, and
 * nothing else is one, so `a;b # c` is a value.
 *
 * @param source name of the file, for messages
 * @source config.md 1
 */
export function parseIni(text: string, source: string): IniFile {
  const entries: IniEntry[] = []
  const sections: { name: string; line: number }[] = []
  let section: string | null = null
  let pending: { section: string; key: string; values: string[]; line: number } | null = null

  const flush = () => {
    if (pending === null) return
    entries.push({ section: pending.section, key: pending.key, value: pending.values.join('\n'), line: pending.line })
    pending = null
  }

  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const line = raw.trimEnd()
    const number = index + 1
    if (line === '') flush()
    else if (/^[ \t]/.test(line)) {
      if (pending === null) throw broken(source, number, 'unexpected continuation line')
      pending.values.push(line.trimStart())
    } else {
      flush()
      if (line.startsWith('[')) {
        section = sectionName(line, source, number)
        sections.push({ name: section, line: number })
      } else if (!line.startsWith('#') && !line.startsWith(';')) {
        const { key, value } = splitKeyValue(line, source, number)
        if (section === null) throw broken(source, number, `"${key}" stands before the first [section]`)
        pending = { section, key, values: [value], line: number }
      }
    }
  }
  flush()
  return { entries, sections }
}

function sectionName(line: string, source: string, number: number): string {
  if (!line.endsWith(']')) throw broken(source, number, 'the section header has no closing "]"')
  if (line.length <= 2) throw broken(source, number, 'the section header has no name')
  return line.slice(1, -1)
}

function splitKeyValue(line: string, source: string, number: number): { key: string; value: string } {
  const at = line.search(/[:=]/)
  if (at < 0) throw broken(source, number, 'no ":" or "=" found')
  const key = line.slice(0, at).trim()
  if (key === '') throw broken(source, number, 'the option has no name')
  return { key, value: unquote(line.slice(at + 1).trim()) }
}

function unquote(value: string): string {
  const quoted = (value.startsWith('"') || value.startsWith("'")) && value.at(-1) === value[0]
  return quoted ? value.slice(1, -1) : value
}

function broken(source: string, line: number, reason: string): ConfigError {
  return new ConfigError(`${source}:${line}: ${reason}`)
}
