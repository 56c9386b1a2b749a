import type { Variables } from '../contexts/variables.ts'
import type { TaskSpec } from '../spec/workflow-spec.ts'

/** An action that can be started. */
export interface ActionRequest {
  /** null: nothing to run, the task succeeds as soon as it is started. */
  action: unknown
  input: unknown
  /** Index of the item; null for a task without items. */
  item: number | null
}

/** A task that can be started, as it was rendered. */
export interface TaskRequest {
  id: string
  route: number
  actions: ActionRequest[]
  /** Seconds to wait before the actions start; null where none was asked for. */
  delay: number | null
  /** null for a task without items. */
  items: { count: number; concurrency: number | null } | null
  /** What its expressions saw. */
  variables: Variables
  spec: TaskSpec
}
