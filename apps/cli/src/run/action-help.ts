import type { Action, ParameterSchema, RunnerType } from '@st2/model'
import { str } from '@st2/python-values'
import { wrapText } from '../format/wrap-text.ts'

const DESCRIPTION_WIDTH = 70
const PARAMETER_WIDTH = 78

/** The parameters a caller may give, required ones first. @source cli.md 8.3 */
export function actionHelp(action: Action, runner: RunnerType): string {
  const merged = Object.entries({ ...runner.runner_parameters, ...action.parameters })
  const shown = merged
    .filter(([name]) => !(runner.runner_parameters[name]?.immutable || action.parameters[name]?.immutable))
    .sort(byPosition)
  const required = shown.filter(([, schema]) => schema.required === true)
  const optional = shown.filter(([, schema]) => schema.required !== true)
  const description = wrapText(action.description ?? '', DESCRIPTION_WIDTH).join('\n')
  return `\n${description}\n\n${section('Required Parameters:', required)}${section('Optional Parameters:', optional)}`
}

type Named = readonly [string, ParameterSchema]

/** By position, then, for those without one, by name. */
function byPosition([leftName, left]: Named, [rightName, right]: Named): number {
  const byNumber = (left.position ?? Number.POSITIVE_INFINITY) - (right.position ?? Number.POSITIVE_INFINITY)
  if (byNumber !== 0 && !Number.isNaN(byNumber)) return byNumber
  return leftName < rightName ? -1 : 1
}

function section(title: string, parameters: readonly Named[]): string {
  return parameters.length === 0 ? '' : `${title}\n${parameters.map(parameterText).join('')}`
}

function parameterText([name, schema]: Named): string {
  const facts = [
    schema.description ?? '',
    schema.type === undefined ? '' : `Type: ${str(schema.type)}`,
    schema.enum === undefined || schema.enum.length === 0
      ? ''
      : `Enum: ${schema.enum.map((value) => str(value)).join(', ')}`,
    schema.default === undefined || schema.default === null ? '' : `Default: ${str(schema.default)}`,
  ]
  const lines = facts.filter((fact) => fact !== '').map((fact) => indented(fact, 8))
  return `${indented(name, 4)}${lines.join('')}\n`
}

function indented(text: string, indent: number): string {
  return wrapText(text, PARAMETER_WIDTH - indent)
    .map((line) => `${' '.repeat(indent)}${line}\n`)
    .join('')
}
