import { isWorkflowRunner, type Execution } from '@st2/model'
import { dumpYaml } from '@st2/yaml'
import { structuredFormat } from '../commands/print.ts'
import { bordered } from '../format/bordered.ts'
import { colorizer } from '../format/colors.ts'
import { formatDocument } from '../format/documents.ts'
import { formatExecution, formatResultKey } from '../format/execution-text.ts'
import { fieldsOf, isFields } from '../format/fields.ts'
import { formatProperties } from '../format/property-table.ts'
import type { CommandContext } from '../shell/command-spec.ts'
import { executionTransforms } from './execution-transforms.ts'
import { inferSchema } from './infer-schema.ts'
import { showWorkflow } from './show-workflow.ts'

const SCHEMA_HINT =
  '\n\n** This action does not have an output_schema. Run again with --with-schema to see a suggested schema.'

/** An execution as the command line asks for it: lines, table, one key, structured, or with its tasks. @source cli.md 9 */
export async function showExecution(
  context: CommandContext,
  execution: Execution,
  attributes: readonly string[],
): Promise<void> {
  const { input } = context
  const isWorkflow = isWorkflowRunner(execution.action?.runner_type ?? 'unknown')
  if (input.has('show_tasks') && !isWorkflow) {
    throw new Error('--show-tasks option can only be used with workflow actions')
  }
  if (isWorkflow && !input.has('raw') && !input.has('detail')) await showWorkflow(context, execution)
  else context.io.out(`${textOf(context, execution, attributes)}\n`)
}

function textOf(context: CommandContext, execution: Execution, attributes: readonly string[]): string {
  const { input, io, session } = context
  const key = input.text('key')
  const isDetail = input.has('detail')
  const shown = isDetail ? attributes : key === undefined ? (input.texts('attr') ?? attributes) : [`result.${key}`]
  const structured = structuredFormat(input)
  if (structured !== null) return formatDocument(fieldsOf(execution), shown, structured)
  const colorize = colorizer(io)
  const transforms = executionTransforms(session.config.cli.timezone, colorize)
  if (isDetail) return formatProperties(execution, { attributes: shown, transforms })
  if (key !== undefined) return formatResultKey(execution, key)
  return formatExecution(execution, { attributes: shown, transforms, colorize }) + schemaAdvice(context, execution)
}

function schemaAdvice(context: CommandContext, execution: Execution): string {
  if (Object.keys(execution.action?.output_schema ?? {}).length > 0) return ''
  if (!context.input.has('with_schema')) return context.session.config.general.silence_schema_output ? '' : SCHEMA_HINT
  const result = isFields(execution.result) ? execution.result : {}
  const schema = dumpYaml({ output_schema: inferSchema(result) })
  return `\n${bordered(`Based on the action output the following inferred schema was built:\n\n${schema}`)}`
}
