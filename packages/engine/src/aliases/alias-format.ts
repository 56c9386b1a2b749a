import { PythonRegexError, Regex, type RegexMatch } from '@st2/python-values'
import { hasAnchor } from './anchors.ts'
import { type CutCommand, cutKeyValues } from './key-value-tail.ts'

/** Characters; a longer format cannot be said. */
export const MAX_FORMAT_LENGTH = 10_000

export type AliasParameters = Readonly<Record<string, string>>

/** What a command gives for a format: its parameters, or why there are none. */
export type Extraction =
  | { readonly kind: 'matched'; readonly parameters: AliasParameters }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * A sentence that a command may be: text that is a regular expression, `{{ name }}` for what must be said, and
 * `{{ name = default }}` for what may be.
 *
 * @source services.md 6.2
 */
export class AliasFormat {
  readonly text: string
  readonly #regex: Regex
  readonly #defaults: ReadonlyMap<string, string>

  /**
   * @param onStep called now and then while a command is looked at, to end what takes too long by throwing
   * @throws PythonRegexError when it is no regular expression
   */
  constructor(text: string, onStep: () => void = () => undefined) {
    if (text.length > MAX_FORMAT_LENGTH) {
      throw new PythonRegexError(`longer than ${MAX_FORMAT_LENGTH} characters`, MAX_FORMAT_LENGTH)
    }
    const { pattern, defaults } = translate(text)
    this.text = text
    this.#defaults = defaults
    this.#regex = new Regex(hasAnchor(pattern) ? pattern : anchored(pattern), { dotAll: true, onStep })
  }

  /** The parameters that a command gives. */
  extract(command: string): Extraction {
    return this.extractFrom(command, cutKeyValues(command))
  }

  /** The same for a command whose pairs are cut off already: many formats are tried with one command. */
  extractFrom(command: string, cut: CutCommand): Extraction {
    const match = this.#regex.search(padded(cut))
    if (match === null) return this.#unsaid(command)
    const parameters = this.#parametersOf(match, cut)
    const isEmpty = cut.rest.trim() === '' && Object.values(parameters).every((value) => value === '')
    if (this.text !== '' && isEmpty) return NOTHING_SAID
    return { kind: 'matched', parameters }
  }

  /** The parameters of each occurrence in a command, for formats that match several times. */
  extractAll(command: string): readonly AliasParameters[] {
    const cut = cutKeyValues(command)
    return Array.from(this.#regex.matchAll(padded(cut)), (match) => this.#parametersOf(match, cut))
  }

  #parametersOf(match: RegexMatch, { pairs }: CutCommand): AliasParameters {
    const said = [...this.#regex.names].flatMap(([name, group]) => {
      const said = match.groups[group] ?? null
      const value = said || (this.#defaults.get(name) ?? said)
      return value === null ? [] : [[name, value] as const]
    })
    return { ...Object.fromEntries(said), ...pairs }
  }

  #unsaid(command: string): Extraction {
    return { kind: 'refused', reason: `Command "${command}" doesn't match format string "${this.text}"` }
  }
}

/** Flags of the whole expression stay in front of it. */
function anchored(pattern: string): string {
  const flags = /^\(\?[aimsux]+\)/.exec(pattern)?.[0] ?? ''
  return `${flags}^\\s*${pattern.slice(flags.length)}\\s*$`
}

const NOTHING_SAID: Extraction = { kind: 'refused', reason: 'No value supplied and no default value found.' }

/** So that formats may ask for a space around a word. */
function padded({ rest }: CutCommand): string {
  return ` ${rest} `
}

const NAME = /\{\{\s*([A-Za-z_]\w*)\s*(\}\}|=)/y
/** Quoted, in braces, or any text; what follows the braces of the parameter does not belong to it. */
const DEFAULT = /\s*(?:"([^"]+)"|'([^']+)'|(\{.+?\})|([^\s}](?:[^}]*[^\s}])?))\s*\}\}/sy

interface Translation {
  readonly pattern: string
  readonly defaults: ReadonlyMap<string, string>
}

/** To Python's `re`: parameters become named groups, everything else stays. */
function translate(format: string): Translation {
  const defaults = new Map<string, string>()
  let pattern = ''
  let from = 0
  for (let at = format.indexOf('{{'); at !== -1; at = format.indexOf('{{', at)) {
    const parameter = parameterAt(format, at)
    if (parameter === null) {
      at += 2
      continue
    }
    const text = format.slice(from, at)
    const before = text.trimEnd()
    const group = `${text.slice(before.length)}${valueGroup(parameter.name)}`
    // What may be left out takes the space before it along.
    pattern += before + (parameter.value === undefined ? group : `(?:${group})?`)
    if (parameter.value !== undefined) defaults.set(parameter.name, parameter.value)
    at = from = parameter.end
  }
  return { pattern: pattern + format.slice(from), defaults }
}

function parameterAt(format: string, at: number): { name: string; value: string | undefined; end: number } | null {
  NAME.lastIndex = at
  const found = NAME.exec(format)
  if (found === null) return null
  const name = found[1] ?? ''
  if (found[2] === '}}') return { name, value: undefined, end: NAME.lastIndex }
  DEFAULT.lastIndex = NAME.lastIndex
  const value = DEFAULT.exec(format)
  if (value === null) return null
  return { name, value: value.slice(1).find((text) => text !== undefined) ?? '', end: DEFAULT.lastIndex }
}

/** As little as possible: text in quotes without them, text in braces, or any text. */
function valueGroup(name: string): string {
  return `["']?(?P<${name}>(?:(?<=').+?(?=')|(?<=").+?(?=")|\\{.+?\\}|.+?))["']?`
}
