import type { Execution, WorkflowView } from '@st2/model'
import { useMemo } from 'react'
import { Notice } from '../../../ui/Feedback.tsx'
import { JsonValue } from '../../../ui/json/JsonTree.tsx'
import { formatBytes } from '../../../ui/time.ts'
import type { Visit } from '../../../widgets/run/run-model.ts'
import { stepVariables } from '../../../widgets/run/step-variables.ts'
import { storedSchemas } from '../stored-schemas.ts'

interface TaskVariablesProps {
  readonly execution: Execution
  readonly insight: WorkflowView
  readonly visit: Visit
}

/** The variables of the workflow at this step, and what the task published. */
export function TaskVariables({ execution, insight, visit }: TaskVariablesProps) {
  const { index } = visit
  const variables = useMemo(
    () => (index === null ? null : stepVariables(insight, index, secretNames(execution))),
    [execution.id, insight, index],
  )
  if (variables === null) return null
  const { before, published, omittedSize } = variables
  return (
    <>
      {omittedSize > 0 && (
        <Notice tone="warn">
          {formatBytes(omittedSize)} of variables are not shown: all variables of this run together are more than the
          server shows at once (<code>[api] max_workflow_view_size</code>).
        </Notice>
      )}
      {Object.keys(published).length > 0 && (
        <div data-test="task_published">
          <JsonValue label="Published" maxHeight={220} title={<h3>Published</h3>} value={published} />
        </div>
      )}
      <div data-test="task_variables">
        <JsonValue label="Variables before" maxHeight={260} title={<h3>Variables before it</h3>} value={before} />
      </div>
    </>
  )
}

function secretNames(execution: Execution): ReadonlySet<string> {
  const schemas = Object.entries(storedSchemas(execution))
  return new Set(schemas.filter(([, schema]) => schema.secret === true).map(([name]) => name))
}
