import type { CancelDeps } from '../executions/cancel-execution.ts'
import type { LoadDeps } from './load-run.ts'

/** What the use cases of workflows need. */
export interface WorkflowDeps extends LoadDeps, CancelDeps {}
