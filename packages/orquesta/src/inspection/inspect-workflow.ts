import { WorkflowExpressions } from '@st2/expressions'
import { loadWorkflow } from '../spec/load-workflow.ts'
import type { WorkflowSpec } from '../spec/workflow-spec.ts'
import { inspectContext } from './context.ts'
import { inspectExpressions } from './expressions.ts'
import { type Inspection, type InspectionEntry, sortEntries } from './inspection-entry.ts'
import { inspectSemantics } from './semantics.ts'
import { inspectSyntax } from './syntax.ts'

export interface InspectionOptions {
  /** Names of variables that the workflow is given: `st2` and `parent` on the platform. @default none */
  knownVariables?: Iterable<string>
  expressions?: WorkflowExpressions
}

/**
 * Everything that is wrong with a definition, found without running it: messages, paths and order are upstream's. All phases run,
 * whatever the ones before found.
 *
 * @throws WorkflowLoadError for a definition that no workflow can be made of
 * @source orquesta: orquesta/specs/base.py inspect
 */
export function inspectWorkflow(definition: WorkflowSpec | string, options: InspectionOptions = {}): Inspection {
  const spec = typeof definition === 'string' ? loadWorkflow(definition) : definition
  const expressions = options.expressions ?? sharedExpressions()
  return {
    ...found('syntax', inspectSyntax(spec)),
    ...found('semantics', inspectSemantics(spec)),
    ...found('expressions', inspectExpressions(spec, expressions)),
    ...found('context', inspectContext(spec, expressions, options.knownVariables ?? [])),
  }
}

let shared: WorkflowExpressions | null = null

function sharedExpressions(): WorkflowExpressions {
  shared ??= new WorkflowExpressions()
  return shared
}

function found<K extends keyof Inspection, E extends InspectionEntry>(
  phase: K,
  entries: readonly E[],
): Partial<Record<K, E[]>> {
  const result: Partial<Record<K, E[]>> = {}
  if (entries.length > 0) result[phase] = sortEntries(entries)
  return result
}
