/**
 * Compares answers with recorded ones, value by value. In recorded texts `{id-1}` stands for something that is learned where
 * it first occurs and is the same from then on, `{time}` for any time, `…` for any text, `{any}` for anything.
 */
export class RecordedAnswers {
  readonly #learned = new Map<string, string>()

  /** @throws when something in it was never learned */
  fill(text: string): string {
    return text.replace(PLACEHOLDER, (whole, name: string) => {
      const value = this.#learned.get(name)
      if (value === undefined) throw new Error(`${whole} was not learned from an earlier answer`)
      return value
    })
  }

  /** One line for each difference. Of lists, only items that both have are compared, and their order. */
  differences(recorded: unknown, actual: unknown, at = ''): string[] {
    if (Array.isArray(recorded)) return this.#lists(recorded, actual, at)
    if (isObject(recorded)) return this.#objects(recorded, actual, at)
    if (recorded === '{any}') return []
    if (typeof recorded === 'string') return this.#texts(recorded, actual, at)
    return Object.is(recorded, actual) ? [] : [`${at || '/'} is ${shown(actual)}, recorded ${shown(recorded)}`]
  }

  #objects(recorded: Fields, actual: unknown, at: string): string[] {
    if (!isObject(actual)) return [`${at || '/'} is ${shown(actual)}, recorded an object`]
    const keys = [...new Set([...Object.keys(recorded), ...Object.keys(actual)])]
    return keys.flatMap((key) => {
      if (!Object.hasOwn(recorded, key)) return [`${at}/${key} added`]
      if (!Object.hasOwn(actual, key)) return [`${at}/${key} missing`]
      return this.differences(recorded[key], actual[key], `${at}/${key}`)
    })
  }

  #lists(recorded: readonly unknown[], actual: unknown, at: string): string[] {
    if (!Array.isArray(actual)) return [`${at || '/'} is ${shown(actual)}, recorded a list`]
    if (!recorded.every(hasRef)) return this.#plainLists(recorded, actual, at)
    const found = actual.filter(hasRef)
    const shared = recorded.filter((item) => found.some((other) => this.#isSame(item, other)))
    const ours = found.filter((item) => shared.some((other) => this.#isSame(other, item)))
    const named = (items: readonly unknown[]) => items.map((item) => this.#known(refOf(item))).join(' ')
    return [
      ...(recorded.length > 0 && shared.length === 0 ? [`${at || '/'} has none of the recorded items`] : []),
      ...(named(ours) === named(shared) ? [] : [`${at} order: ${named(ours)}, recorded ${named(shared)}`]),
      ...shared.flatMap((item) =>
        this.differences(
          item,
          ours.find((other) => this.#isSame(item, other)),
          `${at}/${refOf(item)}`,
        ),
      ),
    ]
  }

  #plainLists(recorded: readonly unknown[], actual: readonly unknown[], at: string): string[] {
    if (recorded.length !== actual.length) return [`${at} has ${actual.length} items, recorded ${recorded.length}`]
    return recorded.flatMap((item, index) => this.differences(item, actual[index], `${at}/${index}`))
  }

  #isSame(recorded: unknown, actual: unknown): boolean {
    return this.#known(refOf(recorded)) === refOf(actual)
  }

  /** As far as it is learned. */
  #known(text: string): string {
    return text.replace(PLACEHOLDER, (whole, name: string) => this.#learned.get(name) ?? whole)
  }

  #texts(recorded: string, actual: unknown, at: string): string[] {
    if (typeof actual !== 'string') return [`${at || '/'} is ${shown(actual)}, recorded ${shown(recorded)}`]
    const names: string[] = []
    const pattern = recorded
      .split(/(\{(?:id|uuid)-\d+\}|\{time\}|…)/)
      .map((part) => this.#patternOf(part, names))
      .join('')
    const match = new RegExp(`^${pattern}$`, 's').exec(actual)
    if (match === null) return [`${at || '/'} is ${shown(actual)}, recorded ${shown(this.#known(recorded))}`]
    names.forEach((name, index) => this.#learned.set(name, match[index + 1] ?? ''))
    return []
  }

  #patternOf(part: string, names: string[]): string {
    if (part === '…') return '.*'
    if (part === '{time}') return '\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z'
    const name = /^\{((?:id|uuid)-\d+)\}$/.exec(part)?.[1]
    if (name === undefined) return escaped(part)
    const known = this.#learned.get(name)
    if (known !== undefined) return escaped(known)
    names.push(name)
    return name.startsWith('id') ? '([0-9a-f]{24})' : '([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})'
  }
}

type Fields = Readonly<Record<string, unknown>>

const PLACEHOLDER = /\{((?:id|uuid)-\d+)\}/g

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function hasRef(value: unknown): boolean {
  return refOf(value) !== ''
}

/** What names an item of a list: its own ref, or that of the rule it belongs to. */
function refOf(value: unknown): string {
  if (!isObject(value)) return ''
  if (typeof value['ref'] === 'string') return value['ref']
  return isObject(value['rule']) ? refOf(value['rule']) : ''
}

function shown(value: unknown): string {
  return JSON.stringify(value)
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
}
