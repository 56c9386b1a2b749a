import type { ParameterSchemas } from '@st2/model'
import { useMemo } from 'react'
import { Notice } from '../../../ui/Feedback.tsx'
import { ParameterFields } from '../../../widgets/auto-form/ParameterFields.tsx'
import { fieldsOf } from '../../../widgets/auto-form/form-model.ts'
import type { ParameterForm } from '../../../widgets/auto-form/use-parameter-form.ts'
import { type ChoiceDraft, entriesOf, keptSecrets, undeclared } from './rule-draft.ts'

interface ChoiceFieldsProps {
  readonly choice: ChoiceDraft
  readonly schemas: ParameterSchemas
  readonly errors: Readonly<Record<string, string>>
  readonly onChange: (choice: ChoiceDraft) => void
  /** Names that the action itself declares; the others are its runner's. */
  readonly own?: ReadonlySet<string> | undefined
}

/** The parameters given to a trigger type or an action. */
export function ChoiceFields({ choice, schemas, errors, onChange, own }: ChoiceFieldsProps) {
  const fields = useMemo(() => fieldsOf(schemas), [schemas])
  const others = undeclared(choice, schemas)
  const form: ParameterForm = {
    fields,
    entries: entriesOf(choice, schemas),
    result: { values: {}, errors },
    change: (name, entry) => onChange({ ...choice, typed: { ...choice.typed, [name]: entry } }),
    isDirty: Object.keys(choice.typed).length > 0,
  }
  return (
    <>
      {(fields.length > 0 || others.length === 0) && (
        <ParameterFields
          emptyMeans={Object.fromEntries(keptSecrets(choice, schemas).map((name) => [name, 'kept as it is stored']))}
          errors={errors}
          form={form}
          own={own}
        />
      )}
      {others.length > 0 && (
        <Notice tone="warn">
          {others.join(', ')}: given, and not declared. {others.length === 1 ? 'It stays' : 'They stay'} in the rule;
          edit the YAML to change {others.length === 1 ? 'it' : 'them'}.
        </Notice>
      )}
    </>
  )
}
