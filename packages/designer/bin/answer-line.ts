import { MAX_LINE_LENGTH } from '@st2/expressions/lines'
import { DesignerEditor, type FileState, type WorkflowModel } from '../src/index.ts'
import { type DesignerRequest, type DesignerVerb, parseRequest } from './designer-request.ts'

/** A line that asks about a workflow, and no line of a workflow. */
export function isRequestLine(line: string): boolean {
  if (!line.trimStart().startsWith('{')) return false
  try {
    const message: unknown = JSON.parse(line)
    return typeof message === 'object' && message !== null && ('spec' in message || 'id' in message)
  } catch (error) {
    if (error instanceof SyntaxError) return false
    throw error
  }
}

/** The answer to one line, itself one line. @param line null for one that was too long to be kept */
export function answerDesignerLine(verb: DesignerVerb, line: string | null, args: readonly string[]): string {
  let id: unknown = null
  try {
    if (args.length > 0)
      throw new TypeError('requests on stdin say themselves what is to be done: leave the arguments out')
    if (line === null) throw new RangeError(`a line is longer than MAX_LINE_LENGTH (${MAX_LINE_LENGTH} characters)`)
    const message: unknown = JSON.parse(line)
    id = typeof message === 'object' && message !== null && 'id' in message ? message.id : null
    return JSON.stringify({ id, ...answer(parseRequest(verb, message)) })
  } catch (error) {
    return JSON.stringify({ id, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) })
  }
}

/** The texts after all commands, what became of each, and whether undoing them all gives the texts that came. */
function answer({ texts, commands }: DesignerRequest): Record<string, unknown> {
  const editor = new DesignerEditor(texts)
  const outcomes = commands.map((command) => editor.execute(command))
  const { workflow, metadata } = editor.state
  const isUndone = undoAll(editor, texts.workflow, texts.metadata)
  return {
    spec: workflow.text,
    metadata: metadata.text,
    ...described(workflow),
    ...(outcomes.length === 0 ? { same: workflow.text === texts.workflow } : { outcomes, undone: isUndone }),
  }
}

function undoAll(editor: DesignerEditor, spec: string, metadata: string): boolean {
  while (editor.state.canUndo) editor.undo()
  return editor.state.workflow.text === spec && editor.state.metadata.text === metadata
}

/** What the text says, or where it can not be read. */
function described({ model, fault }: FileState<WorkflowModel>): Record<string, unknown> {
  if (fault !== null) return { fault }
  const { source: _, taskNames: __, ...said } = model
  return { model: said }
}
