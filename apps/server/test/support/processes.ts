import { readdirSync, readFileSync } from 'node:fs'

/** A living process; zombies are dead. */
export interface SeenProcess {
  readonly pid: number
  readonly environment: ReadonlyMap<string, string>
  readonly commandLine: string
}

/** Every process whose environment holds the variable, with this value when one is given. */
export function processesWith(variable: string, value?: string): SeenProcess[] {
  return livingProcesses().filter(({ environment }) => {
    const found = environment.get(variable)
    return found !== undefined && (value === undefined || found === value)
  })
}

/** What the actions of one server left running, whatever session or parent they have by now. */
export function actionProcesses(apiUrl: string): SeenProcess[] {
  return processesWith('ST2_ACTION_API_URL', `${apiUrl}/v1`)
}

export function isAlive(pid: number): boolean {
  return stateOf(pid) !== null
}

function livingProcesses(): SeenProcess[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isAlive(pid))
    .map((pid) => ({ pid, environment: environmentOf(pid), commandLine: read(`/proc/${pid}/cmdline`) }))
}

function stateOf(pid: number): string | null {
  const text = read(`/proc/${pid}/stat`)
  const state = text.slice(text.lastIndexOf(')') + 2).charAt(0)
  return state === '' || 'ZXx'.includes(state) ? null : state
}

function environmentOf(pid: number): Map<string, string> {
  const pairs = read(`/proc/${pid}/environ`).split('\0').filter(Boolean)
  return new Map(pairs.map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}

/** Empty when the process is gone or belongs to somebody else. */
function read(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
