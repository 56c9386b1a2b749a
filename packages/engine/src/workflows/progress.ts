import type { WorkflowEvent, WorkflowExecution } from '@st2/model'
import { actionName } from './task-records.ts'

/** What users read about rows of a journal in the output of the workflow's execution: a line for each thing. */
export function roundText(record: WorkflowExecution, rows: readonly WorkflowEvent[]): string {
  const lines = rows.flatMap((row) => [...occurrenceLines(record, row), ...effectLines(row)])
  return lines.map((line) => `${line}\n`).join('')
}

function occurrenceLines(record: WorkflowExecution, { event }: WorkflowEvent): string[] {
  switch (event.type) {
    case 'begin':
      return [`Workflow execution "${record.id}" is created.`]
    case 'action':
      return [`Action execution for ${place(event.id ?? '')} is updated to "${event.status ?? ''}".`]
    case 'request':
      return [`Workflow execution is requested to be "${event.status ?? ''}".`]
    case 'rerun':
      return [`Workflow execution is run again from ${(event.tasks ?? []).map(({ task }) => `"${task}"`).join(', ')}.`]
    case 'fault':
      return [`Workflow execution fails: ${String(event.error?.['message'] ?? '')}`]
  }
}

function effectLines({ effects }: WorkflowEvent): string[] {
  return effects.flatMap(({ type, id, status }) => {
    if (type === 'start') return [`Action execution for ${place(id ?? '')} is requested.`]
    return type === 'status' ? [`Workflow execution is in status "${status ?? ''}".`] : []
  })
}

function place(id: string): string {
  const { task, route, item } = actionName(id)
  return `task "${task}", route "${route}"${item === null ? '' : `, item "${item}"`}`
}
