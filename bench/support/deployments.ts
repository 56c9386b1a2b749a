import { startReference } from './reference-deployment.ts'
import { startServer, type StartServer } from './server-process.ts'

export type Figures = Readonly<Record<string, number>>

const DEPLOYMENTS: Readonly<Record<string, StartServer>> = { embedded: startServer, reference: startReference }

/** For `parseArgs`: where it is measured, `embedded`, `reference`, or both, beside each other. */
export const DEPLOYMENT_OPTIONS = {
  on: { type: 'string', default: 'embedded' },
  json: { type: 'boolean', default: false },
} as const

/** Measures on each deployment that is asked for, one after the other, and prints the figures beside each other. */
export async function measureOn(
  options: { readonly on: string; readonly json: boolean },
  measure: (start: StartServer) => Promise<Figures>,
): Promise<void> {
  const names = options.on === 'both' ? Object.keys(DEPLOYMENTS) : [options.on]
  const measured: [string, Figures][] = []
  for (const name of names) {
    const start = DEPLOYMENTS[name]
    if (start === undefined) throw new Error(`--on ${name}: it is embedded, reference or both`)
    measured.push([name, await measure(start)])
  }
  if (options.json) printJson(measured)
  else printTable(measured)
}

function printJson(measured: readonly (readonly [string, Figures])[]): void {
  const [only] = measured
  console.log(JSON.stringify(measured.length === 1 ? only?.[1] : Object.fromEntries(measured)))
}

function printTable(measured: readonly (readonly [string, Figures])[]): void {
  if (measured.length > 1)
    console.log(
      row(
        '',
        measured.map(([name]) => name),
      ),
    )
  const figures = new Set(measured.flatMap(([, all]) => Object.keys(all)))
  for (const figure of figures)
    console.log(
      row(
        figure,
        measured.map(([, all]) => String(all[figure] ?? '–')),
      ),
    )
}

function row(name: string, cells: readonly string[]): string {
  return `${name.padEnd(36)} ${cells.map((cell) => cell.padEnd(12)).join(' ')}`.trimEnd()
}
