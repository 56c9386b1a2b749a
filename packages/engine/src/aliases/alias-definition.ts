import { type ActionAlias, type ActionAliasRequest, InvalidError } from '@st2/model'
import { PythonRegexError } from '@st2/python-values'
import { AliasFormat } from './alias-format.ts'
import { formatEntries } from './format-entries.ts'

/** An alias without its id. */
export type AliasDefinition = Omit<ActionAlias, 'id'>

/** An alias as its author wrote it. Whether its action exists is seen when it is said. @throws InvalidError */
export function aliasDefinition(request: ActionAliasRequest): AliasDefinition {
  const { name, pack, description, enabled = true, action_ref } = request
  for (const [key, value] of Object.entries({ name, pack })) {
    if (value === '') throw new InvalidError(`The ${key} of an action alias must not be empty.`)
  }
  return {
    uid: `action_alias:${pack}:${name}`,
    ref: `${pack}.${name}`,
    name,
    pack,
    ...(typeof description === 'string' ? { description } : {}),
    enabled,
    action_ref,
    // What may be left out may be null, too.
    formats: request.formats ?? [],
    ack: request.ack ?? {},
    result: request.result ?? {},
    extra: request.extra ?? {},
    immutable_parameters: request.immutable_parameters ?? {},
    metadata_file: request.metadata_file ?? '',
  }
}

/**
 * Refuses formats that no command could match. NOTE: packs from elsewhere are registered with them all the same.
 * @throws InvalidError
 */
export function refuseBrokenFormats(definition: AliasDefinition): void {
  for (const { representation } of formatEntries(definition)) {
    try {
      new AliasFormat(representation)
    } catch (cause) {
      if (!(cause instanceof PythonRegexError)) throw cause
      throw new InvalidError(`formats: ${JSON.stringify(representation)} is no regular expression: ${cause.message}`, {
        cause,
      })
    }
  }
}
