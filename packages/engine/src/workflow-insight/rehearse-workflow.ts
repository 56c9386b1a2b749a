import { InvalidError, type WorkflowRehearsalRequest } from '@st2/model'
import { parseRehearsal, rehearse, WorkflowLoadError } from '@st2/orquesta'
import { PythonError } from '@st2/python-values'
import { parseYaml, YamlError } from '@st2/yaml'
import type { Definitions } from '../workflows/definitions.ts'

/**
 * Conducts a definition as a test case says, and answers what came of it that the case did not expect: one sentence each.
 *
 * @throws InvalidError for a case that cannot be tried
 * @source orquesta.md 29
 */
export function rehearseWorkflow(
  { definitions }: { readonly definitions: Definitions },
  { test, definition, results = {} }: WorkflowRehearsalRequest,
): string[] {
  try {
    return rehearse(parseRehearsal(parseYaml(test)), {
      readDefinition: () => definition,
      readResult: (path) => resultOf(path, results[path]),
      expressions: definitions.expressions,
    })
  } catch (cause) {
    const isRefused = cause instanceof PythonError || cause instanceof YamlError || cause instanceof WorkflowLoadError
    if (isRefused) throw new InvalidError(cause.message, { cause })
    throw cause
  }
}

/** A file whose name says so is JSON or YAML, any other is text. */
function resultOf(path: string, text: unknown): unknown {
  if (typeof text !== 'string')
    throw new InvalidError(`results: the file "${path}" that the test case names is missing`)
  return /\.(?:json|ya?ml)$/.test(path) ? parseYaml(text) : text
}
