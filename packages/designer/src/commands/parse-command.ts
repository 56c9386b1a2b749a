import { isVerb } from './command-table.ts'
import type { CommandOf, DesignerCommand, Verb } from './designer-command.ts'

/** Data that is no command; `message` names the field and the reason. */
export class CommandFormatError extends Error {
  override readonly name = 'CommandFormatError'
}

type Check = (value: unknown, field: string) => void

interface FieldRule {
  check: Check
  isOptional: boolean
}

/** A command from outside, as JSON has it. @throws CommandFormatError */
export function parseCommand(data: unknown): DesignerCommand {
  if (!isRecord(data)) throw new CommandFormatError('a command is a mapping with "verb"')
  const { verb } = data
  if (typeof verb !== 'string' || !isVerb(verb))
    throw new CommandFormatError(`verb: there is no ${JSON.stringify(verb)}`)
  requireFields(FIELDS[verb], data)
  // what the table of rules has checked, which the compiler can not see
  return data as unknown as DesignerCommand
}

function requireFields(rules: Readonly<Record<string, FieldRule>>, data: Readonly<Record<string, unknown>>): void {
  for (const [field, { check, isOptional }] of Object.entries(rules)) {
    if (data[field] !== undefined) check(data[field], field)
    else if (!isOptional) throw new CommandFormatError(`${field}: it is missing`)
  }
  const unknown = Object.keys(data).find((field) => field !== 'verb' && !Object.hasOwn(rules, field))
  if (unknown !== undefined) throw new CommandFormatError(`${unknown}: "${String(data.verb)}" has no such field`)
}

const text = needed((value) => typeof value === 'string', 'a text')
const index = needed((value) => typeof value === 'number' && Number.isInteger(value), 'a whole number')
const flag = needed((value) => typeof value === 'boolean', 'true or false')
const mapping = needed(isRecord, 'a mapping')
const anything: FieldRule = { check: () => undefined, isOptional: true }
const texts = needed(
  (value) => Array.isArray(value) && value.every((item) => typeof item === 'string'),
  'a list of texts',
)
const entries = needed((value) => Array.isArray(value) && value.every(isEntry), 'a list of {"name", "value"}')
const position = needed(isPosition, '{"x", "y"}')
const positions = needed(
  (value) => isRecord(value) && Object.values(value).every((one) => one === null || isPosition(one)),
  'positions {"x", "y"} or null by task',
)
const section = oneOf('input', 'vars', 'output')
const transition = {
  do: optional(nullable(texts)),
  when: optional(nullable(text)),
  publish: optional(nullable(entries)),
  color: optional(nullable(text)),
}

const FIELDS: { [V in Verb]: Record<Exclude<keyof CommandOf<V>, 'verb'>, FieldRule> } = {
  'add-task': {
    name: optional(text),
    action: optional(text),
    position: optional(position),
    after: optional(text),
    fields: optional(mapping),
  },
  'remove-tasks': { names: texts, transitions: optional(oneOf('remove', 'keep')) },
  'rename-task': { from: text, to: text },
  'move-tasks': { positions },
  'set-task-field': { task: text, field: oneOf('action', 'input', 'with', 'join', 'delay', 'retry'), value: anything },
  'set-task-input': { task: text, key: text, value: anything },
  'add-transition': { task: text, index: optional(index), ...transition },
  'remove-transition': { task: text, index },
  'set-transition': { task: text, index, ...transition },
  'move-transition': { task: text, from: index, to: index },
  'set-entry': { section, name: text, value: anything, index: optional(index) },
  'remove-entry': { section, name: text },
  'move-entry': { section, from: index, to: index },
  'rename-entry': { section: oneOf('output'), from: text, to: text },
  'rename-variable': { from: text, to: text },
  'set-workflow-field': { field: oneOf('version', 'name', 'description', 'tags'), value: anything },
  'paste-tasks': { yaml: text, at: optional(position) },
  'set-metadata-field': { field: text, value: anything },
  'set-parameter': { name: text, schema: mapping, addInput: optional(flag) },
  'remove-parameter': { name: text },
}

function needed(isRight: (value: unknown) => boolean, expected: string): FieldRule {
  return {
    isOptional: false,
    check: (value, field) => {
      if (!isRight(value)) throw new CommandFormatError(`${field}: ${expected} was expected`)
    },
  }
}

function oneOf(...choices: readonly string[]): FieldRule {
  return needed((value) => choices.some((choice) => choice === value), `one of ${choices.join(', ')}`)
}

function optional(rule: FieldRule): FieldRule {
  return { ...rule, isOptional: true }
}

function nullable({ check, isOptional }: FieldRule): FieldRule {
  return { isOptional, check: (value, field) => (value === null ? undefined : check(value, field)) }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isEntry(value: unknown): boolean {
  return isRecord(value) && typeof value.name === 'string' && 'value' in value
}

function isPosition(value: unknown): boolean {
  return isRecord(value) && Number.isFinite(value.x) && Number.isFinite(value.y)
}
