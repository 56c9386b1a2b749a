import type { ArgumentSpec, OptionSpec } from './command-spec.ts'

/** What a usage line is made of. */
export interface Invocation {
  readonly program: string
  readonly options: readonly string[]
  readonly operands: readonly string[]
}

export interface HelpSection {
  readonly title: string
  readonly rows: readonly { readonly left: string; readonly right: string }[]
}

/** Characters kept free at the right edge. */
const RIGHT_MARGIN = 2
/** Column where explanations begin at the latest. */
const HELP_COLUMN = 24
const MIN_TEXT_WIDTH = 11

export function invocation(program: string, options: readonly OptionSpec[], operands: readonly string[]): Invocation {
  return { program, options: options.map(optionUsage), operands }
}

/** `usage: …` in argparse's layout: one line when it fits, else options, then operands, under the program's name. */
export function formatUsage(invoked: Invocation, columns: number): string {
  const width = columns - RIGHT_MARGIN
  const head = `usage: ${invoked.program} `
  const whole = head + [...invoked.options, ...invoked.operands].join(' ')
  if (whole.length <= width) return `${whole.trimEnd()}\n`
  const indent = ' '.repeat(head.length)
  const lines = [...fill(invoked.options, width - head.length), ...fill(invoked.operands, width - head.length)]
  return `${head}${lines.join(`\n${indent}`)}\n`
}

export function formatHelp(
  invoked: Invocation,
  summary: string,
  sections: readonly HelpSection[],
  columns: number,
): string {
  const width = columns - RIGHT_MARGIN
  const shown = sections.filter((section) => section.rows.length > 0)
  const widest = Math.max(0, ...shown.flatMap((section) => section.rows.map((row) => row.left.length + 4)))
  const column = Math.min(widest, HELP_COLUMN)
  const parts = shown.map((section) => {
    const rows = section.rows.map((row) => helpRow(row.left, row.right, column, width))
    return `${section.title}:\n${rows.join('')}`
  })
  return [formatUsage(invoked, columns), `${fill(summary.split(' '), width).join('\n')}\n`, ...parts].join('\n')
}

export function optionSection(options: readonly OptionSpec[]): HelpSection {
  return { title: 'options', rows: options.map((option) => ({ left: optionNames(option), right: option.help })) }
}

export function argumentSection(specs: readonly ArgumentSpec[]): HelpSection {
  return {
    title: 'positional arguments',
    rows: specs.map((argument) => ({ left: metavarOf(argument), right: argument.help })),
  }
}

export function metavarOf(argument: ArgumentSpec): string {
  return argument.metavar ?? argument.name
}

export function placeholderOf(argument: ArgumentSpec): string {
  const name = metavarOf(argument)
  if (argument.takes === 'one') return name
  if (argument.takes === 'optional') return `[${name}]`
  return argument.takes === 'some' ? `${name} [${name} ...]` : `[${name} ...]`
}

function optionUsage(option: OptionSpec): string {
  const text = `${option.flags[0]}${valueUsage(option)}`
  return option.required === true ? text : `[${text}]`
}

function optionNames(option: OptionSpec): string {
  return option.flags.map((flag) => flag + valueUsage(option)).join(', ')
}

function valueUsage(option: OptionSpec): string {
  const name = option.metavar ?? option.name.toUpperCase()
  if (option.takes === 'nothing') return ''
  if (option.takes === 'one') return ` ${name}`
  return option.takes === 'some' ? ` ${name} [${name} ...]` : ` [${name} ...]`
}

function helpRow(left: string, right: string, column: number, width: number): string {
  const lines = fill(right.split(' '), Math.max(width - column, MIN_TEXT_WIDTH))
  const indent = ' '.repeat(column)
  if (right === '') return `  ${left}\n`
  if (left.length + 4 <= column) return `${`  ${left}`.padEnd(column)}${lines.join(`\n${indent}`)}\n`
  return `  ${left}\n${indent}${lines.join(`\n${indent}`)}\n`
}

function fill(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return line === '' ? lines : [...lines, line]
}
