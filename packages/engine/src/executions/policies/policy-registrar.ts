import { policyRequestSchema } from '@st2/model'
import { metadataValidator } from '../../content/metadata-validator.ts'
import type { Registrar } from '../../content/registrar.ts'
import type { PolicyDeps } from './create-policy.ts'
import { registerPolicy } from './register-policy.ts'

const validate = metadataValidator(policyRequestSchema)

/** `policies/*.yaml`. @source packs-and-runners.md 1.11 */
export function policyRegistrar(deps: PolicyDeps): Registrar {
  return {
    kind: 'policies',
    folder: 'policies',
    nameKey: 'name',
    overridable: null,
    phase: 'references',
    async register(metadata) {
      await registerPolicy(deps, validate(metadata))
    },
  }
}
