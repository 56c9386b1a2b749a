import { TOP_LEVEL } from '../commands/top-level.ts'
import type { CommandSpec, TopLevel } from './command-spec.ts'
import { ExitError, UsageError } from './errors.ts'
import { commandStart, GLOBAL_OPTIONS } from './global-options.ts'
import type { Input } from './input.ts'
import type { Io } from './io.ts'
import { optionsOf, parseCommand } from './parse-command.ts'
import { versionLine } from './version.ts'
import {
  argumentSection,
  formatHelp,
  formatUsage,
  type Invocation,
  invocation,
  optionSection,
  placeholderOf,
} from './usage.ts'

const PROGRAM = 'st2'
const DESCRIPTION = 'Command line of an automation platform that speaks StackStorm: actions, executions, packs, rules.'
const EXAMPLES = `Usage: ${PROGRAM} [options] <command> <sub command> [options]

For example:

    ${PROGRAM} action list --pack=core
    ${PROGRAM} run core.local cmd=date
    ${PROGRAM} --debug run core.local cmd=date
`
const DEFAULT_COLUMNS = 80
const EXIT_PRINT_CONFIG = 3
const EXIT_USAGE = 2
const EXIT_ERROR = 1

interface Chosen {
  readonly kind: 'command'
  readonly spec: CommandSpec
  readonly program: string
  readonly words: readonly string[]
}

interface Help {
  readonly kind: 'help'
  readonly text: string
  readonly exitCode: number
}

/** Runs one command line. @returns the exit code */
export async function runShell(words: readonly string[], io: Io): Promise<number> {
  try {
    return await run(words, io)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    io.err(`${error.usage}${error.program}: error: ${error.message}\n`)
    return EXIT_USAGE
  }
}

async function run(words: readonly string[], io: Io): Promise<number> {
  const columns = columnsOf(io)
  if (words.length === 0) {
    io.err(rootHelp(columns).replace(/^usage: [\s\S]*?\n\n/, `usage: ${EXAMPLES}\n`))
    return EXIT_USAGE
  }
  const start = commandStart(words)
  const globals = parseGlobals(words.slice(0, start), columns)
  if (globals.has('help')) return say(io, rootHelp(columns))
  if (globals.has('version')) return say(io, versionLine())
  if (globals.has('print_config')) return printConfig(globals, io)
  const chosen = await choose(words.slice(start), columns)
  if (chosen.kind === 'help') {
    io.out(chosen.text)
    return chosen.exitCode
  }
  const input = parseCommand(targetOf(chosen, columns), chosen.words)
  if (input.has('help') && chosen.spec.ownHelp !== true) return say(io, commandHelp(chosen, columns))
  return execute(chosen, globals, input, io, columns)
}

function parseGlobals(words: readonly string[], columns: number): Input {
  const rootUsage = formatUsage(rootInvocation(), columns)
  return parseCommand(
    { program: PROGRAM, spec: { arguments: [], options: GLOBAL_OPTIONS, ownHelp: true }, columns, rootUsage },
    words,
  )
}

async function choose(words: readonly string[], columns: number): Promise<Chosen | Help> {
  const [name, ...rest] = words
  if (name === undefined) return { kind: 'help', text: rootHelp(columns), exitCode: EXIT_USAGE }
  const top = TOP_LEVEL.find((entry) => entry.spec.name === name)
  if (top === undefined) {
    const names = TOP_LEVEL.map((entry) => entry.spec.name)
    throw new UsageError(PROGRAM, formatUsage(rootInvocation(), columns), invalidChoice('parser', name, names))
  }
  if (top.kind === 'command') return { kind: 'command', spec: top.spec, program: `${PROGRAM} ${name}`, words: rest }
  return chooseInGroup(top, rest, columns)
}

async function chooseInGroup(
  group: TopLevel & { kind: 'group' },
  words: readonly string[],
  columns: number,
): Promise<Chosen | Help> {
  const [name, ...rest] = words
  const program = `${PROGRAM} ${group.spec.name}`
  const specs = await group.spec.load()
  if (name === undefined) return { kind: 'help', text: rootHelp(columns), exitCode: EXIT_USAGE }
  const names = specs.map((spec) => spec.name)
  const invoked: Invocation = { program, options: ['[-h]'], operands: [`{${names.join(',')}}`, '...'] }
  if (name === '-h' || name === '--help') {
    return { kind: 'help', text: groupHelp(invoked, group.spec.summary, specs, columns), exitCode: 0 }
  }
  const spec = specs.find((candidate) => candidate.name === name)
  if (spec === undefined) {
    throw new UsageError(program, formatUsage(invoked, columns), invalidChoice(`{${names.join(',')}}`, name, names))
  }
  return { kind: 'command', spec, program: `${program} ${name}`, words: rest }
}

async function execute(chosen: Chosen, globals: Input, input: Input, io: Io, columns: number): Promise<number> {
  const { openSession } = await import('../session/session.ts')
  const { describeError } = await import('../session/describe-error.ts')
  try {
    const session = await openSession({ globals, input, io, withoutLogin: chosen.spec.withoutLogin === true })
    const handler = await chosen.spec.load()
    await handler({
      io,
      input,
      session,
      help: () => commandHelp(chosen, columns),
      usageError: (message) => {
        const { program, spec } = targetOf(chosen, columns)
        return new UsageError(program, formatUsage(commandInvocation(program, spec), columns), message)
      },
    })
    return 0
  } catch (error) {
    if (error instanceof UsageError) throw error
    if (error instanceof ExitError) return error.exitCode
    io.out(`ERROR: ${describeError(error)}\n\n`)
    if (globals.has('debug')) io.out(await debugReport(error, globals, io))
    return EXIT_ERROR
  }
}

async function debugReport(error: unknown, globals: Input, io: Io): Promise<string> {
  const { clientSettings } = await import('../session/client-settings.ts')
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return `${await clientSettings(globals, io)}${trace}\n`
}

async function printConfig(globals: Input, io: Io): Promise<number> {
  const { loadConfig, printableConfig } = await import('../config/config-file.ts')
  io.out(printableConfig(await loadConfig(globals, io)))
  return EXIT_PRINT_CONFIG
}

function say(io: Io, text: string): number {
  io.out(text)
  return 0
}

function targetOf(chosen: Chosen, columns: number) {
  return { program: chosen.program, spec: chosen.spec, columns, rootUsage: formatUsage(rootInvocation(), columns) }
}

function commandInvocation(program: string, spec: Pick<CommandSpec, 'arguments' | 'options' | 'ownHelp'>): Invocation {
  return invocation(program, optionsOf(spec), spec.arguments.map(placeholderOf))
}

function commandHelp(chosen: Chosen, columns: number): string {
  const { program, spec } = chosen
  const sections = [argumentSection(spec.arguments), optionSection(optionsOf(spec))]
  return formatHelp(commandInvocation(program, spec), spec.summary, sections, columns)
}

function groupHelp(invoked: Invocation, summary: string, specs: readonly CommandSpec[], columns: number): string {
  const rows = specs.map((spec) => ({ left: spec.name, right: spec.summary }))
  return formatHelp(invoked, summary, [{ title: 'commands', rows }], columns)
}

function rootInvocation(): Invocation {
  const names = TOP_LEVEL.map((entry) => entry.spec.name)
  return invocation(PROGRAM, GLOBAL_OPTIONS, [`{${names.join(',')}}`, '...'])
}

function rootHelp(columns: number): string {
  const rows = TOP_LEVEL.map((entry) => ({ left: entry.spec.name, right: entry.spec.summary }))
  const sections = [{ title: 'commands', rows }, optionSection(GLOBAL_OPTIONS)]
  return formatHelp(rootInvocation(), DESCRIPTION, sections, columns)
}

function invalidChoice(argument: string, word: string, names: readonly string[]): string {
  return `argument ${argument}: invalid choice: '${word}' (choose from ${names.map((name) => `'${name}'`).join(', ')})`
}

function columnsOf(io: Io): number {
  const set = Number(io.env['COLUMNS'])
  return Number.isInteger(set) && set > 0 ? set : (io.terminalColumns ?? DEFAULT_COLUMNS)
}
