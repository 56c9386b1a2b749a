import { ruleRequestSchema } from '@st2/model'
import { metadataValidator } from '../content/metadata-validator.ts'
import type { Registrar } from '../content/registrar.ts'
import type { RuleDeps } from './create-rule.ts'
import { registerRule } from './register-rule.ts'

const validate = metadataValidator(ruleRequestSchema)

/** `rules/*.yaml`. The trigger types of all packs are registered before. @source packs-and-runners.md 1.9 */
export function ruleRegistrar(deps: RuleDeps): Registrar {
  return {
    kind: 'rules',
    folder: 'rules',
    nameKey: 'name',
    overridable: 'rules',
    phase: 'references',
    async register(metadata) {
      await registerRule(deps, validate(metadata))
    },
  }
}
