import { readFileSync } from 'node:fs'
import { ConfigError } from './config-error.ts'
import { type Environment, environmentEntries } from './environment.ts'
import { parseIni } from './ini-file.ts'
import type { Option } from './option.ts'
import { readOptionValue, refusalOf } from './option-value.ts'
import { type Config, type GroupName, type OptionName, OPTIONS, SILENT_GROUPS } from './options.ts'
import { substitute } from './substitute.ts'

export interface ConfigSources {
  /** Later files win per option. */
  readonly files: readonly string[]
  readonly env: Environment
  /** From the command line, by `<group>.<option>`; written as in a file. They win over everything. */
  readonly overrides?: Readonly<Record<string, string>>
}

export interface LoadedConfig {
  readonly config: Config
  /** One line each: what was written and is not known, or is an older name. */
  readonly warnings: readonly string[]
  /** Whether the option was written anywhere, be it with its default's value. */
  isSet<G extends GroupName>(group: G, option: OptionName<G>): boolean
}

/** A value as it was written, and where. */
interface Written {
  readonly value: string
  /** `st2.conf:12`, `environment ST2_API__PORT`, `command line`. */
  readonly where: string
}

/** By group, then option. */
type WrittenValues = Map<string, Map<string, Written>>

/**
 * Command line > environment > files (later wins) > defaults.
 *
 * @throws ConfigError one line that names the place, the option and the reason
 * @source config.md 1
 */
export function loadConfig(sources: ConfigSources): LoadedConfig {
  const warnings: string[] = []
  const written: WrittenValues = new Map()
  for (const layer of readLayers(sources, warnings)) {
    applyDeprecatedNames(layer, warnings)
    warnUnknown(layer, warnings)
    merge(written, layer)
  }

  const config: Record<string, Record<string, unknown>> = {}
  for (const [group, options] of Object.entries(OPTIONS)) {
    const values: Record<string, unknown> = {}
    for (const [name, option] of Object.entries<Option<unknown>>(options)) {
      values[name] = valueOf(written, group, name, option)
    }
    config[group] = values
  }
  return {
    // The loop above fills every group and option of the table that Config is derived from.
    config: config as unknown as Config,
    warnings,
    isSet: (group, option) => written.get(group)?.has(option) ?? false,
  }
}

function readLayers(sources: ConfigSources, warnings: string[]): WrittenValues[] {
  const layers = sources.files.map((file) => readFileLayer(file, warnings))

  const environment: WrittenValues = new Map()
  for (const { group, option, variable, value } of environmentEntries(sources.env)) {
    put(environment, group, option, { value, where: `environment ${variable}` })
  }

  const commandLine: WrittenValues = new Map()
  for (const [key, value] of Object.entries(sources.overrides ?? {})) {
    const [group = '', option = ''] = key.split('.', 2)
    put(commandLine, group, option, { value, where: 'command line' })
  }
  return [...layers, environment, commandLine]
}

function readFileLayer(file: string, warnings: string[]): WrittenValues {
  const { entries, sections } = parseIni(readText(file), file)
  for (const { name, line } of sections) {
    if (!isKnownGroup(groupName(name))) warnings.push(`${file}:${line}: unknown section [${name}] is ignored`)
  }
  const layer: WrittenValues = new Map()
  for (const { section, key, value, line } of entries) {
    put(layer, groupName(section), key, { value, where: `${file}:${line}` })
  }
  return layer
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new ConfigError(`${file}: cannot be read: ${reasonOf(error)}`, { cause: error })
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.message.replace(/, (open|read)\b.*$/, '')
}

function groupName(section: string): string {
  return section === 'DEFAULT' ? section : section.toLowerCase()
}

function isKnownGroup(group: string): boolean {
  return Object.hasOwn(OPTIONS, group) || SILENT_GROUPS.includes(group) || deprecatedGroups().includes(group)
}

function deprecatedGroups(): string[] {
  return deprecatedNames().map(({ old }) => old.group)
}

function deprecatedNames() {
  return Object.entries(OPTIONS).flatMap(([group, options]) =>
    Object.entries<Option<unknown>>(options).flatMap(([option, { deprecated }]) =>
      deprecated.map((old) => ({ old, group, option })),
    ),
  )
}

/** Moves a value that stands under an older name to the option it means, unless that is written in the same layer. */
function applyDeprecatedNames(layer: WrittenValues, warnings: string[]): void {
  for (const { old, group, option } of deprecatedNames()) {
    const found = layer.get(old.group)?.get(old.option)
    if (found === undefined) continue
    layer.get(old.group)?.delete(old.option)
    warnings.push(`${found.where}: [${old.group}] ${old.option} is deprecated, use [${group}] ${option}`)
    if (layer.get(group)?.has(option) !== true) put(layer, group, option, found)
  }
}

function warnUnknown(layer: WrittenValues, warnings: string[]): void {
  for (const [group, options] of layer) {
    if (SILENT_GROUPS.includes(group)) continue
    for (const [option, { where }] of options) {
      if (optionAt(group, option) !== null) continue
      const isFile = !where.startsWith('environment ') && where !== 'command line'
      if (isFile && !isKnownGroup(group)) continue
      warnings.push(`${where}: unknown option [${group}] ${option} is ignored`)
    }
  }
}

function optionAt(group: string, name: string): Option<unknown> | null {
  const options: Readonly<Record<string, Readonly<Record<string, Option<unknown>>>>> = OPTIONS
  if (!Object.hasOwn(options, group)) return null
  const inGroup = options[group]
  return inGroup !== undefined && Object.hasOwn(inGroup, name) ? (inGroup[name] ?? null) : null
}

function valueOf(written: WrittenValues, group: string, name: string, option: Option<unknown>): unknown {
  const found = written.get(group)?.get(name)
  if (found === undefined) return option.default
  const at = `${found.where}: [${group}] ${name}`
  const text = substitute(found.value, (reference) => referenced(written, group, reference), at)
  const read = readOptionValue(option, text)
  if (!read.ok) throw new ConfigError(oneLine(`${at}: ${read.reason}`))
  const refusal = refusalOf(option, read.value)
  if (refusal !== null) throw new ConfigError(oneLine(`${at} = ${shown(name, text)}: ${refusal}`))
  return read.value
}

/** What `$reference` stands for: `group.option`, or an option of the same group, or of DEFAULT. Null: no such option. */
function referenced(written: WrittenValues, group: string, reference: string): { key: string; text: string } | null {
  const dot = reference.indexOf('.')
  const candidates =
    dot < 0
      ? [
          [group, reference],
          ['DEFAULT', reference],
        ]
      : [[reference.slice(0, dot), reference.slice(dot + 1)]]
  for (const [inGroup = '', name = ''] of candidates) {
    const option = optionAt(inGroup, name)
    if (option === null) continue
    const text = written.get(inGroup)?.get(name)?.value ?? writtenDefault(option.default)
    return { key: `${inGroup}.${name}`, text }
  }
  return null
}

function writtenDefault(value: unknown): string {
  return value === null ? '' : String(value)
}

/** Passwords, and URLs that may hold one, are not repeated in messages. */
function shown(name: string, text: string): string {
  return /password|url|host|kwargs/.test(name) ? '…' : `"${text}"`
}

function oneLine(message: string): string {
  return message.replaceAll(/\s*\n\s*/g, ' ')
}

function put(values: WrittenValues, group: string, option: string, written: Written): void {
  const options = values.get(group) ?? new Map<string, Written>()
  options.set(option, written)
  values.set(group, options)
}

function merge(into: WrittenValues, layer: WrittenValues): void {
  for (const [group, options] of layer) for (const [option, written] of options) put(into, group, option, written)
}
