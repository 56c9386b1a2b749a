import { triggerTypeRequestSchema } from '@st2/model'
import { metadataValidator } from '../content/metadata-validator.ts'
import type { Registrar } from '../content/registrar.ts'
import { registerTriggerType, type RegisterTriggerTypeDeps } from './register-trigger-type.ts'

/** NOTE: only what is read is checked: many packs carry keys of older versions. */
const validate = metadataValidator(triggerTypeRequestSchema)

/** `triggers/*.yaml`: a trigger type each. @source packs-and-runners.md 1.8 */
export function triggerRegistrar(deps: RegisterTriggerTypeDeps): Registrar {
  return {
    kind: 'triggers',
    folder: 'triggers',
    nameKey: 'name',
    overridable: null,
    phase: 'definitions',
    async register(metadata) {
      const { name, pack, description, payload_schema, parameters_schema, tags, metadata_file } = validate(metadata)
      await registerTriggerType(deps, {
        name,
        pack,
        description,
        payload_schema,
        parameters_schema,
        tags,
        metadata_file,
      })
    },
  }
}
