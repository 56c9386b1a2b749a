import type { Entry, TransitionModel, WorkflowModel } from '../model/workflow-model.ts'
import type { TransitionFields } from './designer-command.ts'
import { withParameters } from './inline-parameters.ts'

/** `do` in the form that it has, or else in the one that the workflow uses. */
export function destinationsValue(
  model: WorkflowModel,
  old: TransitionModel | null,
  names: readonly string[],
): unknown {
  const form = old === null || old.doForm === 'none' ? prevailingForm(model, 'doForm') : old.doForm
  return form === 'list' ? names : names.join(', ')
}

/** `publish` in the form that it has as long as that can say it. @param written the text that is there */
export function publishValue(
  model: WorkflowModel,
  old: TransitionModel | null,
  entries: readonly Entry[],
  written: string | null,
): unknown {
  const form = old === null || old.publishForm === 'none' ? prevailingForm(model, 'publishForm') : old.publishForm
  const inline = form === 'string' ? withParameters(written ?? '', entries) : null
  return inline ?? entries.map(({ name, value }) => new Map([[name, value]]))
}

/** A list where most transitions have one; a text where none has anything. */
function prevailingForm(model: WorkflowModel, key: 'doForm' | 'publishForm'): 'string' | 'list' {
  const forms = model.tasks.flatMap((task) => task.next.map((transition) => transition[key]))
  const lists = forms.filter((form) => form === 'list').length
  const texts = forms.filter((form) => form === 'string').length
  if (lists === texts) return key === 'doForm' ? 'string' : 'list'
  return lists > texts ? 'list' : 'string'
}

/** A new transition's value, its keys in their usual order. */
export function transitionValue(model: WorkflowModel, fields: TransitionFields): Map<string, unknown> {
  const value = new Map<string, unknown>()
  const { when, publish, do: names } = fields
  if (when !== undefined && when !== null && when !== '') value.set('when', when)
  if (publish !== undefined && publish !== null && publish.length > 0) {
    value.set('publish', publishValue(model, null, publish, null))
  }
  if (names !== undefined && names !== null && names.length > 0) value.set('do', destinationsValue(model, null, names))
  return value
}
