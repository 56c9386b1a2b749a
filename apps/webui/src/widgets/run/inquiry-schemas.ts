import type { ParameterSchema, ParameterSchemas } from '@st2/model'
import { isRecord } from '../json-record.ts'

/** The field of an answer whose schema names no properties: all of it, as JSON. */
const WHOLE = 'response'

export interface InquiryForm {
  readonly schemas: ParameterSchemas
  /** The answer that the values of the form make. */
  readonly answerOf: (values: Readonly<Record<string, unknown>>) => Record<string, unknown>
}

/** What a response must be, as fields of a form. Required properties are written at them or in a list of names. Pure. */
export function inquiryForm(schema: unknown): InquiryForm {
  const { properties, required } = isRecord(schema) ? schema : {}
  if (!isRecord(properties) || Object.keys(properties).length === 0) {
    const whole: ParameterSchema = { type: 'object', description: 'The response, as a JSON object.' }
    return {
      schemas: { [WHOLE]: whole },
      answerOf: ({ [WHOLE]: value }) => (isRecord(value) ? { ...value } : {}),
    }
  }
  const names: readonly unknown[] = Array.isArray(required) ? required : []
  const schemas = Object.entries(properties).map(([name, property]) => [
    name,
    { ...(isRecord(property) ? property : {}), ...(names.includes(name) ? { required: true } : {}) },
  ])
  return { schemas: Object.fromEntries(schemas), answerOf: (values) => ({ ...values }) }
}

/** `1440` minutes read `1 day`. Pure. */
export function ttlText(minutes: number): string {
  const [count, unit] =
    minutes % 1440 === 0 ? [minutes / 1440, 'day'] : minutes % 60 === 0 ? [minutes / 60, 'hour'] : [minutes, 'minute']
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
}

/** Of a refusal what a person can use: the validator repeats schema and answer below an empty line. Pure. */
export function shortReason(text: string): string {
  return text.split('\n\n')[0] ?? text
}
