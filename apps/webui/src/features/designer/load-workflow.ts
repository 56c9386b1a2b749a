import type { DesignerTexts } from '@st2/designer'
import { type Action, isOrquestaRunner } from '@st2/model'
import { queryOptions } from '@tanstack/react-query'
import { api } from '../../api/client.ts'

/** A workflow as it is stored. */
export interface StoredWorkflow {
  readonly action: Action
  readonly texts: DesignerTexts
  /** What the server knows it by; null: a server that cannot tell. */
  readonly revision: string | null
}

/** An action that is no workflow: the designer cannot show it. */
export class NotAWorkflowError extends Error {
  override readonly name = 'NotAWorkflowError'
  readonly action: Action

  constructor(action: Action) {
    super(`${action.ref} has the runner ${action.runner_type}, and is no workflow.`)
    this.action = action
  }
}

/** Loaded once: what somebody edits does not change under their hands. */
export function storedWorkflow(ref: string) {
  return queryOptions({
    queryKey: ['designer', ref],
    queryFn: ({ signal }) => loadWorkflow(ref, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  })
}

/** First the revision, then the texts: a change in between shows as a conflict, not as a loss. */
export async function loadWorkflow(ref: string, signal?: AbortSignal): Promise<StoredWorkflow> {
  const options = signal === undefined ? undefined : { signal }
  const { action, revision } = await api().actions.load(ref, options)
  if (!isOrquestaRunner(action.runner_type)) throw new NotAWorkflowError(action)
  const [workflow, metadata] = await Promise.all([
    api().actions.entryPoint(ref, options),
    action.metadata_file === '' ? madeMetadata(action) : api().packs.file(action.pack, action.metadata_file, options),
  ])
  return { action, revision, texts: { workflow, metadata } }
}

/** For an action that was made over the API without a file. */
async function madeMetadata(action: Action): Promise<string> {
  const { dumpYaml } = await import('@st2/yaml')
  const { name, pack, description, runner_type, enabled, entry_point, parameters } = action
  return dumpYaml({ name, pack, description: description ?? '', runner_type, enabled, entry_point, parameters })
}
