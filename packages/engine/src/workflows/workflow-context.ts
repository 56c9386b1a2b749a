import type { ExecutionDocument } from '@st2/model'

/** What expressions of a workflow see as `st2` and `parent`. @source orquesta.md 21.2 */
export function workflowContext(
  execution: ExecutionDocument,
  settings: { readonly apiUrl: string; readonly systemUser: string },
): Record<string, unknown> {
  const { context } = execution
  return {
    st2: {
      action_execution_id: execution.id,
      api_url: `${settings.apiUrl}/v1`,
      user: context['user'] ?? settings.systemUser,
      pack: context['pack'] ?? null,
      action: execution.action_ref,
      runner: execution.runner_name,
      ...only(context, 'api_user', 'source_channel'),
    },
    ...(Object.keys(context).length === 0 ? {} : { parent: context }),
  }
}

export function only(from: Readonly<Record<string, unknown>>, ...keys: string[]): Record<string, unknown> {
  return Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]])))
}
