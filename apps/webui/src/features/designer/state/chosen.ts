import type { TaskModel, WorkflowModel } from '@st2/designer'
import { useMemo } from 'react'
import { useView, useWorkflow } from './designer-context.ts'
import type { ChosenTransition, DesignerView, ViewStore } from './view-store.ts'

/** Tasks that are chosen and still there. */
export function useChosenTasks(): readonly TaskModel[] {
  const workflow = useWorkflow()
  const chosen = useView((view) => view.chosen)
  return useMemo(() => chosen.flatMap((name) => workflow.taskNames.get(name) ?? []), [workflow, chosen])
}

export function useChosenTransition(): ChosenTransition | null {
  const workflow = useWorkflow()
  const transition = useView((view) => view.transition)
  return transition !== null && workflow.taskNames.get(transition.task)?.next[transition.index] !== undefined
    ? transition
    : null
}

export function chooseTasks(view: ViewStore, names: readonly string[], more: Partial<DesignerView> = {}): void {
  const { chosen, transition, panel } = view.getState()
  const isSame = transition === null && chosen.length === names.length && chosen.every((name, at) => name === names[at])
  if (isSame && Object.keys(more).length === 0) return
  view.setState({
    chosen: isSame ? chosen : names,
    transition: null,
    panel: panel === 'code' || names.length === 0 ? panel : 'chosen',
    ...more,
  })
}

export function chooseTransition(view: ViewStore, transition: ChosenTransition): void {
  const { panel } = view.getState()
  view.setState({ chosen: [transition.task], transition, panel: panel === 'code' ? panel : 'chosen' })
}

/** Of the tasks that were chosen those that a model has. */
export function namesIn({ taskNames }: WorkflowModel, { chosen }: DesignerView): string[] {
  return chosen.filter((name) => taskNames.has(name))
}
