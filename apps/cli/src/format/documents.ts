import { dumpsJson, toJsonValue } from '@st2/python-values'
import { dumpYaml } from '@st2/yaml'
import { type Fields, pickFields } from './fields.ts'

const INDENT = 4

export type Structured = 'json' | 'yaml'

export function formatDocument(document: Fields, attributes: readonly string[], as: Structured): string {
  return formatValue(pickFields(document, attributes), as)
}

export function formatDocuments(documents: readonly Fields[], attributes: readonly string[], as: Structured): string {
  return formatValue(
    documents.map((document) => pickFields(document, attributes)),
    as,
  )
}

function formatValue(value: unknown, as: Structured): string {
  return as === 'json'
    ? dumpsJson(value, { indent: INDENT, sortKeys: true })
    : dumpYaml(yamlValue(value), { indent: INDENT })
}

/** YAML is written from plain data; integers beyond 2^53 keep their digits. */
export function yamlValue(value: unknown): unknown {
  if (typeof value === 'bigint') return value
  if (Array.isArray(value)) return value.map(yamlValue)
  if (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, yamlValue(inner)]))
  }
  return toJsonValue(value)
}
