/** Sections in order, each with its keys in lower case. */
export type Ini = Map<string, Map<string, string>>

/** The file does not follow the format; the line is named. */
export class IniError extends Error {
  override readonly name = 'IniError'
}

/** Reads what Python's ConfigParser reads, without interpolation: `key = value` or `key: value`, continued by indentation. */
export function parseIni(text: string, source: string): Ini {
  const ini: Ini = new Map()
  let section: Map<string, string> | null = null
  let key: string | null = null
  text.split(/\r?\n/).forEach((line, index) => {
    const at = `${source}, line ${index + 1}`
    const trimmed = line.trim()
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) return
    if (/^\s/.test(line) && section !== null && key !== null) {
      section.set(key, `${section.get(key)}\n${trimmed}`)
      return
    }
    const name = /^\[(.+)\]/.exec(trimmed)?.[1]
    if (name !== undefined) {
      section = ini.get(name) ?? new Map()
      ini.set(name, section)
      key = null
      return
    }
    const [, left, right] = /^(.*?)\s*[=:]\s*(.*)$/.exec(trimmed) ?? []
    if (left === undefined || left === '') throw new IniError(`${at}: expected "key = value", found "${trimmed}"`)
    if (section === null) throw new IniError(`${at}: "${left}" stands before the first [section]`)
    key = left.toLowerCase()
    section.set(key, right ?? '')
  })
  return ini
}

export function formatIni(ini: Ini): string {
  const sections = Array.from(ini, ([name, keys]) => {
    const lines = Array.from(keys, ([key, value]) => `${key} = ${value.replaceAll('\n', '\n\t')}\n`)
    return `[${name}]\n${lines.join('')}\n`
  })
  return sections.join('')
}
