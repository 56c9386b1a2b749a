import { CommandFormatError, type DesignerCommand, type DesignerTexts, parseCommand } from '../src/index.ts'

export const DESIGNER_VERBS = ['roundtrip', 'edit', 'rename'] as const
export type DesignerVerb = (typeof DESIGNER_VERBS)[number]

export function isDesignerVerb(verb: string): verb is DesignerVerb {
  return DESIGNER_VERBS.some((known) => known === verb)
}

/** What is asked about one workflow. */
export interface DesignerRequest {
  texts: DesignerTexts
  commands: DesignerCommand[]
}

/** @throws CommandFormatError */
export function parseRequest(verb: DesignerVerb, message: unknown): DesignerRequest {
  if (typeof message !== 'object' || message === null) throw new CommandFormatError('a request is a mapping')
  const fields: Record<string, unknown> = { ...message }
  const texts = { workflow: textOf(fields, 'spec', null), metadata: textOf(fields, 'metadata', '') }
  return { texts, commands: commandsOf(verb, fields) }
}

function textOf(fields: Readonly<Record<string, unknown>>, name: string, missing: string | null): string {
  const value = fields[name] ?? missing
  if (typeof value === 'string') return value
  throw new CommandFormatError(`${name}: a text was expected`)
}

function commandsOf(verb: DesignerVerb, fields: Readonly<Record<string, unknown>>): DesignerCommand[] {
  if (verb === 'roundtrip') return []
  if (verb === 'rename') return [renameOf(fields.kind ?? 'task', fields.from, fields.to)]
  const { commands } = fields
  if (!Array.isArray(commands)) throw new CommandFormatError('commands: a list was expected')
  return commands.map((command: unknown, index) => parseIn(command, `commands[${index}].`))
}

/** @throws CommandFormatError */
export function renameOf(kind: unknown, from: unknown, to: unknown): DesignerCommand {
  if (kind !== 'task' && kind !== 'variable') throw new CommandFormatError('kind: task or variable was expected')
  return parseCommand({ verb: `rename-${kind}`, from, to })
}

function parseIn(command: unknown, where: string): DesignerCommand {
  try {
    return parseCommand(command)
  } catch (error) {
    if (!(error instanceof CommandFormatError)) throw error
    throw new CommandFormatError(where + error.message, { cause: error })
  }
}
