import './auto-form.css'
import { AutoForm } from './AutoForm.tsx'
import type { FormField } from './form-model.ts'
import type { ParameterForm } from './use-parameter-form.ts'

interface ParameterFieldsProps {
  readonly form: ParameterForm
  /** Names that the action itself declares; undefined while that is not known. */
  readonly own: ReadonlySet<string> | undefined
  readonly errors: Readonly<Record<string, string>>
  readonly emptyMeans?: Readonly<Record<string, string>>
}

/** What the action declares and what must be given comes first; how its runner works is one step away. */
export function ParameterFields({ form, own, errors, emptyMeans = {} }: ParameterFieldsProps) {
  const isMain = ({ name, required }: FormField) => required || own === undefined || own.has(name)
  const main = form.fields.filter(isMain)
  const runner = form.fields.filter((field) => !isMain(field))
  const isWrong = runner.some(({ name }) => name in errors)
  const shared = { entries: form.entries, onChange: form.change, errors, emptyMeans }
  return (
    <>
      {main.length === 0 && <p className="muted">This action takes no parameters of its own.</p>}
      {main.length > 0 && <AutoForm fields={main} {...shared} />}
      {runner.length > 0 && (
        <details className="runner-fields" open={isWrong || undefined}>
          <summary>
            Runner parameters <span className="muted">{runner.map(({ name }) => name).join(', ')}</span>
          </summary>
          <AutoForm fields={runner} {...shared} />
        </details>
      )}
    </>
  )
}
