import { PyObject, typeName } from '@st2/python-values'

/** A class as Python prints it: `<class 'int'>`, with its module where it is no class of Python itself. */
export function classText(value: unknown): string {
  const module = value instanceof PyObject && 'pyModule' in value ? String(value.pyModule) : ''
  return `<class '${module}${typeName(value)}'>`
}
