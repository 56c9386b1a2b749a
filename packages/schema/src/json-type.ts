import { isFloat, isInt } from '@st2/python-values'
import { isJsonObject } from './schema-type.ts'

export const JSON_TYPES = ['array', 'boolean', 'integer', 'null', 'number', 'object', 'string'] as const

export type JsonType = (typeof JSON_TYPES)[number]

/** Booleans are not numbers, and a float is no integer even when it is whole (draft 4). */
export const isOfType: Record<JsonType, (value: unknown) => boolean> = {
  array: (value) => Array.isArray(value),
  boolean: (value) => typeof value === 'boolean',
  integer: isInt,
  null: (value) => value === null,
  number: (value) => typeof value === 'number' || isInt(value) || isFloat(value),
  object: isJsonObject,
  string: (value) => typeof value === 'string',
}

export function isJsonType(name: unknown): name is JsonType {
  return typeof name === 'string' && Object.hasOwn(isOfType, name)
}
