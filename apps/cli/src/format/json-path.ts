type Step = (values: readonly unknown[]) => unknown[]

/** `$.a..b[0]['c'][*]`: names, any name, descendants, positions. Filters and slices are not part of it. */
export function parseJsonPath(expression: string): (document: unknown) => unknown[] {
  const steps: Step[] = []
  let rest = expression.replace(/^\$/, '')
  while (rest !== '') {
    const token = TOKEN.exec(rest)
    if (token === null) throw new Error(`"${expression}" is no JSONPath expression: cannot read "${rest}"`)
    steps.push(...stepsOf(token.groups ?? {}))
    rest = rest.slice(token[0].length)
  }
  return (document) => steps.reduce<unknown[]>((values, step) => step(values), [document])
}

const TOKEN =
  /^(?:(?<deep>\.\.)|\.)?(?:(?<name>[\w-]+)|(?<any>\*)|\[(?<index>-?\d+)\]|\[(?<each>\*)\]|\[(?<quote>['"])(?<quoted>.*?)\k<quote>\])/

function stepsOf(token: Readonly<Record<string, string | undefined>>): Step[] {
  const before = token['deep'] === undefined ? [] : [descendants]
  if (token['index'] !== undefined) return [...before, at(Number(token['index']))]
  if (token['any'] !== undefined || token['each'] !== undefined) return [...before, children]
  return [...before, member(token['name'] ?? token['quoted'] ?? '')]
}

function member(name: string): Step {
  return (values) => values.flatMap((value) => (isObject(value) && Object.hasOwn(value, name) ? [value[name]] : []))
}

function at(index: number): Step {
  return (values) => values.flatMap((value) => (Array.isArray(value) && index < value.length ? [value.at(index)] : []))
}

function children(values: readonly unknown[]): unknown[] {
  return values.flatMap((value) => (typeof value === 'object' && value !== null ? Object.values(value) : []))
}

function descendants(values: readonly unknown[]): unknown[] {
  return values.flatMap((value) => [value, ...descendants(children([value]))])
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
