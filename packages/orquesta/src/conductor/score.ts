import type { Dict } from '@st2/python-values'
import type { WorkflowGraph } from '../graph/workflow-graph.ts'
import type { SpecRelations } from '../graph/spec-relations.ts'
import type { WorkflowSpec } from '../spec/workflow-spec.ts'
import type { WorkflowState } from '../state/workflow-state.ts'
import type { Arrivals } from './arrivals.ts'
import type { KeptDefects } from './defects.ts'
import type { Fields } from './fields.ts'
import type { ConductorLimits } from './limits.ts'

/** What conducting a workflow goes by. */
export interface Score {
  readonly spec: WorkflowSpec
  readonly relations: SpecRelations
  readonly graph: WorkflowGraph
  /** What the workflow was started with. */
  readonly inputs: Dict
  /** `st2` and `parent`. */
  readonly parentContext: Dict
  readonly state: WorkflowState
  readonly arrivals: Arrivals
  /** The state as expressions see it, as it is now and as it becomes. */
  readonly view: Record<string, unknown>
  readonly fields: Fields
  readonly limits: ConductorLimits
  readonly kept: KeptDefects
}
