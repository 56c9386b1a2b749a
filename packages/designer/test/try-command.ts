import { isDeepStrictEqual } from 'node:util'
import { applyChanges, type DesignerCommand, DesignerEditor, invertChanges, type WorkflowModel } from '../src/index.ts'
import { isSameValue } from '../src/yaml-edits/same-value.ts'
import { expectedWorkflow, plainWorkflow } from './expected-model.ts'
import type { Chance } from './odd-yaml.ts'
import { randomCommand } from './random-command.ts'

const METADATA = 'name: x\nparameters:\n  a: {type: string}\n'

export function openWorkflow(workflow: string): DesignerEditor {
  return new DesignerEditor({ workflow, metadata: METADATA })
}

/**
 * Does a command and compares what comes of it with what must; undoes and redoes it.
 *
 * @returns its verb; null when it was refused
 * @throws with the texts when anything is not as it must be
 */
export function tryCommand(editor: DesignerEditor, chance: Chance): DesignerCommand['verb'] | null {
  const before = editor.state
  const command = randomCommand(before.workflow.model, chance)
  const verdict = editor.check(command)
  const outcome = editor.execute(command)
  const text = before.workflow.text
  const after = editor.state
  const same = (what: string, actual: unknown, expected: unknown): void => {
    if (isDeepStrictEqual(actual, expected)) return
    const values = `${JSON.stringify(actual)}\n${JSON.stringify(expected)}`
    throw new Error(`${what}: ${JSON.stringify(command)}\n${values}\n${text}\n=====>\n${after.workflow.text}`)
  }
  same('verdict', outcome.allowed, verdict.allowed)
  if (!outcome.allowed) {
    same('refused, and changed', after, before)
    return null
  }
  same('can be read', after.workflow.fault, null)
  const expected = expectedWorkflow(plainWorkflow(before.workflow.model), command)
  // through an anchor an edit reaches other places as well
  const isShared = /[&*]\w|<</.test(text)
  if (expected !== null && !isShared) same('says', plainWorkflow(after.workflow.model), expected)
  const changes = outcome.changes?.workflow ?? []
  same('changes', applyChanges(text, changes), after.workflow.text)
  same('inverse', applyChanges(after.workflow.text, invertChanges(text, changes)), text)
  if (after === before) return command.verb
  editor.undo()
  same('undo', [editor.state.workflow.text, editor.state.metadata.text], [text, before.metadata.text])
  editor.redo()
  same('redo', editor.state.workflow.text, after.workflow.text)
  return command.verb
}

/** Says again what a workflow says. @returns commands that changed the text */
export function sayAgain(editor: DesignerEditor): string[] {
  const { text, model } = editor.state.workflow
  return restatements(model).flatMap((command) => {
    editor.execute(command)
    const after = editor.state.workflow.text
    editor.undo()
    return after === text ? [] : [`${JSON.stringify(command)}\n${after}`]
  })
}

const FIELDS = ['action', 'input', 'with', 'join', 'delay', 'retry'] as const

function restatements({ tasks, input, vars, output }: WorkflowModel): DesignerCommand[] {
  return [
    ...tasks.flatMap((task) =>
      FIELDS.flatMap((field): DesignerCommand[] => {
        const value = task[field]
        const isSaid = value !== null && value !== '' && !isSameValue(value, [])
        return isSaid ? [{ verb: 'set-task-field', task: task.name, field, value }] : []
      }),
    ),
    ...tasks.flatMap(({ name, position }): DesignerCommand[] =>
      position === null ? [] : [{ verb: 'move-tasks', positions: { [name]: position } }],
    ),
    ...tasks.flatMap(({ name, next }) => next.map((transition) => transitionAgain(name, transition))),
    ...lastOfEach(input).map(({ name, hasDefault, default: value }): DesignerCommand => {
      return { verb: 'set-entry', section: 'input', name, ...(hasDefault ? { value } : {}) }
    }),
    ...lastOfEach(vars).map(
      ({ name, value }): DesignerCommand => ({ verb: 'set-entry', section: 'vars', name, value }),
    ),
    ...lastOfEach(output).map(
      ({ name, value }): DesignerCommand => ({ verb: 'set-entry', section: 'output', name, value }),
    ),
  ]
}

/** Of two with one name the last one is meant. */
function lastOfEach<T extends { name: string }>(entries: readonly T[]): T[] {
  return [...new Map(entries.map((entry) => [entry.name, entry])).values()]
}

function transitionAgain(
  task: string,
  { index, when, publish, do: names, color }: WorkflowModel['tasks'][number]['next'][number],
): DesignerCommand {
  return {
    verb: 'set-transition',
    task,
    index,
    ...(when === null ? {} : { when }),
    ...(publish.length === 0 ? {} : { publish }),
    ...(names.length === 0 ? {} : { do: names }),
    ...(color === null ? {} : { color }),
  }
}
