import { InvalidError } from '@st2/model'
import { type PlatformEntry, WorkflowLoadError } from '@st2/orquesta'
import type { Definitions } from './definitions.ts'

/**
 * Everything that is wrong with a definition, found without running it; empty when nothing is.
 *
 * @throws InvalidError for a text that no workflow can be made of
 * @source st2: st2common/st2common/services/workflows.py inspect
 */
export async function inspectDefinition(
  deps: { readonly definitions: Definitions },
  text: string,
): Promise<PlatformEntry[]> {
  try {
    return await deps.definitions.inspect(deps.definitions.parse(text))
  } catch (cause) {
    if (!(cause instanceof WorkflowLoadError)) throw cause
    throw new InvalidError(cause.description, { cause })
  }
}
