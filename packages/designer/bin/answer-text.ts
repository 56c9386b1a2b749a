import { CommandFormatError, type DesignerCommand, DesignerEditor, parseCommand } from '../src/index.ts'
import { type DesignerVerb, renameOf } from './designer-request.ts'

export interface TextAnswer {
  output: string
  /** Why something was not done. */
  refusals: string[]
}

/** One workflow's text, and what comes of it. */
export function answerText(verb: DesignerVerb, text: string, args: readonly string[]): TextAnswer {
  const editor = new DesignerEditor({ workflow: text, metadata: '' })
  const { fault } = editor.state.workflow
  if (fault !== null)
    return { output: text, refusals: [`line ${fault.line}, column ${fault.column}: ${fault.message}`] }
  try {
    const refusals = commandsOf(verb, args).flatMap((command) => {
      const outcome = editor.execute(command)
      return outcome.allowed ? [] : [outcome.reason]
    })
    return { output: editor.state.workflow.text, refusals }
  } catch (error) {
    if (error instanceof CommandFormatError || error instanceof SyntaxError)
      return { output: text, refusals: [error.message] }
    throw error
  }
}

function commandsOf(verb: DesignerVerb, args: readonly string[]): DesignerCommand[] {
  if (verb === 'rename') return [renameOf(args[0], args[1], args[2])]
  return verb === 'edit' ? args.map((argument) => parseCommand(JSON.parse(argument))) : []
}
