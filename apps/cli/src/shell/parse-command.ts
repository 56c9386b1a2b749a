import { Command, CommanderError, Option } from 'commander'
import type { ArgumentSpec, CommandSpec, OptionSpec } from './command-spec.ts'
import { UsageError } from './errors.ts'
import { Input } from './input.ts'
import { formatUsage, invocation, metavarOf, placeholderOf } from './usage.ts'

const HELP_OPTION: OptionSpec = {
  name: 'help',
  flags: ['-h', '--help'],
  takes: 'nothing',
  help: 'show this help message and exit',
}

export interface ParseTarget {
  /** Words typed so far, such as `st2 execution list`. */
  readonly program: string
  readonly spec: Pick<CommandSpec, 'arguments' | 'options' | 'ownHelp'>
  readonly columns: number
  /** Usage of the outermost command, which upstream shows when words are left over. */
  readonly rootUsage: string
}

/**
 * Understands a command line as Python's argparse does: unique prefixes of long options, options between arguments,
 * several letters after one dash, integers, mutually exclusive options, and its messages.
 *
 * @throws UsageError
 */
export function parseCommand(target: ParseTarget, words: readonly string[]): Input {
  const options = optionsOf(target.spec)
  const given: OptionSpec[] = []
  const command = commandOf(target, options, given)
  try {
    command.parse(internalSpelling(target, options, words), { from: 'user' })
  } catch (error) {
    throw usageErrorOf(error, target, options)
  }
  refuseExclusive(target, given)
  return inputOf(target, options, command)
}

export function optionsOf(spec: Pick<CommandSpec, 'options' | 'ownHelp'>): readonly OptionSpec[] {
  return spec.ownHelp === true ? spec.options : [HELP_OPTION, ...spec.options]
}

/** commander knows each option by its place: its own names would clash with spellings such as `--no-reset`. */
function internalLong(index: number): string {
  return `--o${index}`
}

function commandOf(target: ParseTarget, options: readonly OptionSpec[], given: OptionSpec[]): Command {
  const command = new Command(target.program)
    .helpOption(false)
    .exitOverride()
    .allowExcessArguments(true)
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined })
  options.forEach((option, index) => {
    const short = option.flags.find((flag) => /^-[^-]$/.test(flag))
    const flags = [...(short === undefined ? [] : [short]), internalLong(index)].join(', ')
    command.addOption(new Option(flags + VALUE_SYNTAX[option.takes]))
    command.on(`option:o${index}`, () => given.push(option))
  })
  for (const argument of target.spec.arguments) command.argument(ARGUMENT_SYNTAX[argument.takes])
  return command
}

const VALUE_SYNTAX = { nothing: '', one: ' <value>', some: ' <values...>', any: ' [values...]' } as const
/** All optional for commander: which are missing is said in argparse's words. */
const ARGUMENT_SYNTAX = { one: '[one]', optional: '[one]', some: '[many...]', any: '[many...]' } as const

function internalSpelling(target: ParseTarget, options: readonly OptionSpec[], words: readonly string[]): string[] {
  const end = words.indexOf('--')
  const typed = end === -1 ? words : words.slice(0, end)
  return [...typed.map((word) => spelled(target, options, word)), ...(end === -1 ? [] : words.slice(end))]
}

function spelled(target: ParseTarget, options: readonly OptionSpec[], word: string): string {
  if (!word.startsWith('-')) return word
  const [flag = '', ...rest] = word.split('=')
  const index = flag.startsWith('--')
    ? longOption(target, options, flag)
    : options.findIndex((o) => o.flags.includes(word))
  if (index === -1) return word
  if (!flag.startsWith('--') && word.length === 2) return word
  return flag.startsWith('--') && rest.length > 0 ? `${internalLong(index)}=${rest.join('=')}` : internalLong(index)
}

function longOption(target: ParseTarget, options: readonly OptionSpec[], flag: string): number {
  const exact = options.findIndex((option) => option.flags.includes(flag))
  if (exact !== -1) return exact
  const matches = options.filter((option) => option.flags.some((known) => known.startsWith(flag)))
  if (matches.length > 1) {
    const known = matches.flatMap((option) => option.flags.filter((spelling) => spelling.startsWith(flag)))
    throw usageError(target, `ambiguous option: ${flag} could match ${known.join(', ')}`)
  }
  const [match] = matches
  return match === undefined ? -1 : options.indexOf(match)
}

function usageErrorOf(error: unknown, target: ParseTarget, options: readonly OptionSpec[]): unknown {
  if (!(error instanceof CommanderError)) return error
  if (error.code === 'commander.optionMissingArgument') {
    const index = /--o(\d+)/.exec(error.message)?.[1]
    const option = index === undefined ? undefined : options[Number(index)]
    const wanted = option?.takes === 'one' ? 'expected one argument' : 'expected at least one argument'
    return usageError(target, `argument ${option?.flags.join('/')}: ${wanted}`)
  }
  const unknown = /unknown option '(.*)'$/.exec(error.message)?.[1]
  if (unknown !== undefined) return unrecognized(target, unknown)
  return usageError(target, error.message.replace(/^error: /, ''))
}

function refuseExclusive(target: ParseTarget, given: readonly OptionSpec[]): void {
  const first = new Map<string, OptionSpec>()
  for (const option of given) {
    if (option.exclusive === undefined) continue
    const earlier = first.get(option.exclusive)
    if (earlier !== undefined && earlier !== option) {
      const [name, other] = [option.flags.join('/'), earlier.flags.join('/')]
      throw usageError(target, `argument ${name}: not allowed with argument ${other}`)
    }
    first.set(option.exclusive, option)
  }
}

function inputOf(target: ParseTarget, options: readonly OptionSpec[], command: Command): Input {
  const values = new Map<string, readonly string[]>()
  const integers = new Map<string, readonly number[]>()
  const typed: Record<string, unknown> = command.opts()
  options.forEach((option, index) => {
    const words = wordsOf(typed[`o${index}`])
    if (words === null) return
    values.set(option.name, words)
    if (option.type === 'integer')
      integers.set(
        option.name,
        words.map((word) => integerOf(target, option, word)),
      )
  })
  if (!values.has(HELP_OPTION.name)) {
    refuseMissing(target, options, values, command.args)
    refuseExcess(target, command.args)
  }
  assignArguments(target.spec.arguments, command.processedArgs, values)
  return new Input(values, integers)
}

function wordsOf(value: unknown): readonly string[] | null {
  if (value === undefined) return null
  if (Array.isArray(value)) return value.map(String)
  return typeof value === 'string' ? [value] : []
}

function integerOf(target: ParseTarget, option: OptionSpec, word: string): number {
  if (/^\s*[+-]?\d+\s*$/.test(word)) return Number(word)
  throw usageError(target, `argument ${option.flags.join('/')}: invalid int value: '${word}'`)
}

function refuseMissing(
  target: ParseTarget,
  options: readonly OptionSpec[],
  values: ReadonlyMap<string, readonly string[]>,
  operands: readonly string[],
): void {
  const missing = [
    ...target.spec.arguments
      .filter((argument, index) => (argument.takes === 'one' || argument.takes === 'some') && operands.length <= index)
      .map(metavarOf),
    ...options
      .filter((option) => option.required === true && !values.has(option.name))
      .map((option) => option.flags.join('/')),
  ]
  if (missing.length > 0) throw usageError(target, `the following arguments are required: ${missing.join(', ')}`)
}

function refuseExcess(target: ParseTarget, operands: readonly string[]): void {
  const specs = target.spec.arguments
  const isOpen = specs.some((argument) => argument.takes === 'some' || argument.takes === 'any')
  const excess = isOpen ? [] : operands.slice(specs.length)
  if (excess.length > 0) throw unrecognized(target, excess.join(' '))
}

function assignArguments(
  specs: readonly ArgumentSpec[],
  processed: readonly unknown[],
  values: Map<string, readonly string[]>,
): void {
  specs.forEach((argument, index) => {
    const words = wordsOf(processed[index])
    if (words !== null) values.set(argument.name, words)
  })
}

/** NOTE: the outermost command says so, with its own usage. */
function unrecognized(target: ParseTarget, words: string): UsageError {
  return new UsageError('st2', target.rootUsage, `unrecognized arguments: ${words}`)
}

function usageError(target: ParseTarget, message: string): UsageError {
  const invoked = invocation(target.program, optionsOf(target.spec), target.spec.arguments.map(placeholderOf))
  return new UsageError(target.program, formatUsage(invoked, target.columns), message)
}
