/** Where something stands in a JSON value: `$.tasks["a b"][3]`. Pure. */
export type PathStep = string | number

export const ROOT_PATH = '$'

export function stepText(step: PathStep): string {
  if (typeof step === 'number') return `[${step}]`
  return /^[A-Za-z_][\w-]*$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`
}

export function pathText(steps: readonly PathStep[]): string {
  return ROOT_PATH + steps.map(stepText).join('')
}

const STEP = /\.([A-Za-z_][\w-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/y

/** @throws SyntaxError when it is no path */
export function pathSteps(path: string): PathStep[] {
  const steps: PathStep[] = []
  STEP.lastIndex = 1
  while (STEP.lastIndex < path.length) {
    const match = STEP.exec(path)
    if (match === null || !path.startsWith(ROOT_PATH)) throw new SyntaxError(`“${path}” is no path.`)
    const [, name, index, quoted] = match
    steps.push(name ?? (index === undefined ? String(JSON.parse(quoted ?? '""')) : Number(index)))
  }
  return steps
}

/** As an expression would say it, seen from the value itself: `tasks["a-b"][3]`. */
export function expressionText(steps: readonly PathStep[]): string {
  return steps
    .map((step) => (typeof step === 'string' && /^\w+$/.test(step) ? `.${step}` : `[${JSON.stringify(step)}]`))
    .join('')
    .replace(/^\./, '')
}

export function valueAtPath(root: unknown, steps: readonly PathStep[]): unknown {
  let value = root
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined
    value = Reflect.get(value, step)
  }
  return value
}
