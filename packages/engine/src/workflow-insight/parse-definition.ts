import { InvalidError } from '@st2/model'
import { WorkflowLoadError } from '@st2/orquesta'
import type { Definitions } from '../workflows/definitions.ts'

/** @throws InvalidError for a text that no workflow can be made of */
export function parseDefinition(
  { definitions }: { readonly definitions: Definitions },
  text: string,
): ReturnType<Definitions['parse']> {
  try {
    return definitions.parse(text)
  } catch (cause) {
    if (cause instanceof WorkflowLoadError) throw new InvalidError(cause.description, { cause })
    throw cause
  }
}
