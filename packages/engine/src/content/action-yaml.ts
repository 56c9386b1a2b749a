import { dumpYaml } from '@st2/yaml'
import type { ActionDefinition } from './action-metadata.ts'

/**
 * An action as a metadata file that, registered, gives the same action. Keys stand in the order people write them in,
 * parameters as they were declared.
 */
export function actionYaml(definition: ActionDefinition): string {
  const { name, pack, description, enabled, runner_type, entry_point, parameters, output_schema, tags, notify } =
    definition
  return [
    '---\n',
    ...entries({ name, pack, description, enabled, runner_type, entry_point }),
    isEmpty(parameters) ? '' : `parameters:\n${entries(parameters).map(indented).join('')}`,
    ...entries({
      output_schema: isEmpty(output_schema) ? undefined : output_schema,
      tags: isEmpty(tags) ? undefined : tags,
      notify: isEmpty(notify) ? undefined : notify,
    }),
  ].join('')
}

function entries(values: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => dumpYaml({ [key]: value }, { allowUnicode: true, width: Number.POSITIVE_INFINITY }))
}

function indented(block: string): string {
  return block.replace(/^(?=[^\n])/gm, '  ')
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0
}
