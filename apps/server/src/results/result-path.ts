import { InvalidError } from '@st2/model'
import type { Steps } from './json-walker.ts'

const NAME = /^[A-Za-z_][A-Za-z0-9_-]*$/
const STEP = /^(?:\.([A-Za-z_][A-Za-z0-9_-]*)|\[(\d{1,15})\]|\[("(?:[^"\\]|\\.)*")\])/
const MAX_LENGTH = 8000
const MAX_STEPS = 1000

/**
 * `$`, then `.name`, `[3]` and `["any \"key\""]`.
 * @throws InvalidError
 */
export function parseResultPath(text: string): Steps {
  if (text.length > MAX_LENGTH)
    throw new InvalidError(`path has ${text.length} characters; at most ${MAX_LENGTH} are allowed.`)
  if (!text.startsWith('$')) throw new InvalidError('path does not begin with $.')
  const steps: (string | number)[] = []
  for (let rest = text.slice(1); rest !== ''; ) {
    const match = STEP.exec(rest)
    if (match === null) throw new InvalidError(`path cannot be read from "${rest.slice(0, 50)}" on.`)
    const [whole, name, place, key] = match
    steps.push(place === undefined ? (name ?? unquoted(key ?? '""')) : Number(place))
    if (steps.length > MAX_STEPS) throw new InvalidError(`path has more than ${MAX_STEPS} steps.`)
    rest = rest.slice(whole.length)
  }
  return steps
}

export function formatResultPath(steps: Steps): string {
  return `$${steps.map((step) => (typeof step === 'number' ? `[${step}]` : keyStep(step))).join('')}`
}

function keyStep(key: string): string {
  return NAME.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`
}

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text))
  } catch (cause) {
    throw new InvalidError(`path has ${text.slice(0, 50)}, which is no JSON string.`, { cause })
  }
}
