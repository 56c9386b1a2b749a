import type { Action, RunnerType } from '@st2/model'
import {
  applyDefaults,
  compileValidator,
  InvalidSchemaError,
  isSchema,
  PARAMETER_META_SCHEMA,
  type Schema,
  SchemaValidationError,
} from '@st2/schema'
import { unfitText } from './unfit-text.ts'

type Described = Pick<Action, 'output_schema'>
type Describing = Pick<RunnerType, 'output_schema' | 'output_key'>

/**
 * What a run that succeeded answers when its result is not what its runner and its action promise; null: it is.
 *
 * @source packs-and-runners.md 1.6.4; st2: st2common/st2common/util/output_schema.py validate_output
 */
export function judgeOutput(result: unknown, action: Described, runner: Describing): Record<string, unknown> | null {
  if (!isUsable(runner.output_schema)) return null
  try {
    const described = 'type' in action.output_schema ? action.output_schema : { properties: action.output_schema }
    fit(runner.output_schema, result, described)
    if (isUsable(action.output_schema)) fit(action.output_schema, outputOf(result, runner), described)
    return null
  } catch (error) {
    if (error instanceof Unfit) return { error: error.message, message: MESSAGE }
    if (!(error instanceof InvalidSchemaError)) throw error
    return { traceback: `${error.name}: ${error.message}`, error: error.message, message: MESSAGE }
  }
}

const MESSAGE = 'Error validating output. See error output for more details.'

class Unfit extends Error {}

/** Any other is passed over, upstream's first format among them. */
function isUsable(schema: unknown): schema is Schema {
  return isSchema(schema) && 'type' in schema && compileValidator(PARAMETER_META_SCHEMA).isValid(schema)
}

/** @param secrets the schema that says what of the value is secret */
function fit(schema: Schema, value: unknown, secrets: Schema): void {
  try {
    compileValidator(schema).assertValid(applyDefaults(schema, value))
  } catch (cause) {
    if (cause instanceof SchemaValidationError) throw new Unfit(unfitText(secrets, cause), { cause })
    throw cause
  }
}

function outputOf(result: unknown, { output_key: key = '' }: Describing): unknown {
  if (typeof result === 'object' && result !== null && key in result) return Reflect.get(result, key)
  throw new Unfit(`'${key}'`)
}
