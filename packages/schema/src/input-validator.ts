import { applyDefaults } from './defaults.ts'
import { allowNull } from './null-tolerance.ts'
import type { Schema } from './schema-type.ts'
import { compileValidator } from './validator.ts'

/**
 * How the platform checks what comes in: defaults fill what is absent or null, null passes where a property is
 * optional, then the value is held against the schema. Answers the value with its defaults.
 *
 * @throws SchemaValidationError with the failure that upstream would show
 * @source st2: st2common/st2common/util/schema/__init__.py validate (use_default, allow_default_none)
 */
export type InputValidator = (value: unknown) => unknown

export function inputValidator(schema: Schema): InputValidator {
  const tolerant = compileValidator(allowNull(schema))
  return (value) => {
    const filled = applyDefaults(schema, value)
    tolerant.assertValid(filled)
    return filled
  }
}
