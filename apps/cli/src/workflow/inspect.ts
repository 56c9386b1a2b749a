import { dumpYaml } from '@st2/yaml'
import type { Handler } from '../shell/command-spec.ts'
import { definitionOf } from './definition.ts'

export const inspectWorkflow: Handler = async (context) => {
  const mistakes = await context.session.client.workflows.inspect(await definitionOf(context))
  const text =
    mistakes.length === 0 ? 'No errors found in workflow definition.' : dumpYaml(mistakes, { allowUnicode: true })
  context.io.out(`${text}\n`)
}
