import type { MetadataModel } from '../model/metadata-model.ts'
import { spanOfPath } from '../model/places.ts'
import type { WorkflowModel } from '../model/workflow-model.ts'
import type { Found } from './problem.ts'

/** What the action needs to be stored, and where its parameters and the workflow's input differ. */
export function metadataProblems(workflow: WorkflowModel, metadata: MetadataModel): Found[] {
  const missing = (['name', 'runner_type', 'entry_point'] as const)
    .filter((field) => metadata[field] === null)
    .map((field) => metadataProblem(metadata, [], `"${field}" is missing.`, 'error'))
  return [...missing, ...parameterProblems(workflow, metadata), ...inputProblems(workflow, metadata)]
}

function parameterProblems({ input }: WorkflowModel, metadata: MetadataModel): Found[] {
  return metadata.parameters
    .filter(({ name }) => !input.some((entry) => entry.name === name))
    .map(({ name }) => {
      const message = `The parameter "${name}" is no input of the workflow, which never sees it.`
      return metadataProblem(metadata, ['parameters', name], message, 'warning')
    })
}

/** An input that is no parameter can not be given; it has its default, or nothing. */
function inputProblems(workflow: WorkflowModel, metadata: MetadataModel): Found[] {
  return workflow.input.flatMap(({ name, hasDefault }, index): Found[] => {
    if (hasDefault || metadata.parameters.some((parameter) => parameter.name === name)) return []
    const span = spanOfPath(workflow, ['input', index]) ?? { from: 0, to: 0 }
    const message = `The input "${name}" has no default and is no parameter of the action: nothing can give it a value.`
    return [{ file: 'workflow', severity: 'warning', kind: 'metadata', message, path: `input[${index}]`, ...span }]
  })
}

function metadataProblem(
  metadata: MetadataModel,
  path: readonly string[],
  message: string,
  severity: Found['severity'],
): Found {
  const span = path.length === 0 ? null : spanOfPath(metadata, path)
  const from = span?.from ?? 0
  const end = metadata.source.lines.end(metadata.source.lines.lineAt(from))
  const shown = path.length === 0 ? null : path.join('.')
  return {
    file: 'metadata',
    severity,
    kind: 'metadata',
    message,
    path: shown,
    from,
    to: Math.min(span?.to ?? end, end),
  }
}
