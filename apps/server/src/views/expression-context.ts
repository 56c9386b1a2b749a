/**
 * What an expression may name that is tried out against a past execution, by layer. The execution is as its view shows it, so secrets
 * are masked. Parameters come by their own names, as templates of actions see them.
 */
export function expressionContext(
  layer: 'orquesta' | 'platform' | 'plain',
  execution: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const parameters = mapping(execution['parameters'])
  const context = mapping(execution['context'])
  if (layer === 'plain') return { ...execution }
  if (layer === 'platform') {
    return {
      ...parameters,
      action_parameters: parameters,
      action_context: context,
      action_results: execution['result'] ?? {},
    }
  }
  return {
    ...parameters,
    st2: {
      action_execution_id: execution['id'],
      user: context['user'] ?? null,
    },
    __current_task: { id: execution['id'], result: execution['result'] ?? null },
  }
}

function mapping(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
