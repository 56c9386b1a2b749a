import type { Execution, ParameterSchemas } from '@st2/model'

/** The parameters as they were when it ran: the runner's overlaid by the action's, attribute by attribute. */
export function storedSchemas(execution: Execution): ParameterSchemas {
  const runner = execution.runner?.runner_parameters ?? {}
  const action = execution.action?.parameters ?? {}
  const names = [...new Set([...Object.keys(action), ...Object.keys(runner)])]
  return Object.fromEntries(names.map((name) => [name, { ...runner[name], ...action[name] }]))
}
