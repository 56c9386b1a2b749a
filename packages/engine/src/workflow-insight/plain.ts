import { toJsonText } from '@st2/orquesta'

/** Values of the workflow language as JSON has them. */
export function plain<T = Record<string, unknown>>(value: unknown): T {
  return JSON.parse(toJsonText(value)) as T
}
