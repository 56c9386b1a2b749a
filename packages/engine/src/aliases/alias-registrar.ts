import { type ActionAliasRequest, actionAliasRequestSchema } from '@st2/model'
import { inputValidator } from '@st2/schema'
import type { Registrar } from '../content/registrar.ts'
import type { ActionAliasDeps } from './edit-action-aliases.ts'
import { registerActionAlias } from './register-action-alias.ts'

const validate = inputValidator(actionAliasRequestSchema)

/** `aliases/*.yaml`. @source packs-and-runners.md 1.10 */
export function aliasRegistrar(deps: ActionAliasDeps): Registrar {
  return {
    kind: 'aliases',
    folder: 'aliases',
    nameKey: 'name',
    overridable: 'aliases',
    phase: 'definitions',
    async register(metadata) {
      // The schema is the type's own.
      await registerActionAlias(deps, validate(metadata) as ActionAliasRequest)
    },
  }
}
