import { isRecord, type JsonRecord } from '../../widgets/json-record.ts'
import { eventFields, parameterSchemasOf, typeWords } from '../../widgets/rules/event-schema.ts'

/** What a trigger of the type takes. */
export function ParameterTable({ schema }: { readonly schema: JsonRecord }) {
  const parameters = Object.entries(parameterSchemasOf(schema))
  if (parameters.length === 0) return null
  return (
    <FieldTable
      rows={parameters.map(([name, { required, description, ...rest }]) => ({
        name,
        type: `${typeWords(isRecord(rest) ? rest : {})}${required === true ? ', required' : ''}`,
        about: description ?? '',
      }))}
      title="Parameters"
    />
  )
}

/** What an event of the type carries. */
export function PayloadTable({ schema }: { readonly schema: JsonRecord }) {
  const fields = eventFields(schema)
  if (fields.length === 0)
    return <p className="muted">It does not tell what its events carry. Look at an instance to see.</p>
  return (
    <FieldTable
      rows={fields.map(({ path, type, description }) => ({ name: path, type, about: description }))}
      title="What an event carries"
    />
  )
}

interface FieldTableProps {
  readonly title: string
  readonly rows: readonly { readonly name: string; readonly type: string; readonly about: string }[]
}

function FieldTable({ title, rows }: FieldTableProps) {
  return (
    <section aria-label={title} className="card">
      <div className="card-head">
        <h3>{title}</h3>
      </div>
      <dl className="field-table card-body">
        {rows.map(({ name, type, about }) => (
          <div key={name}>
            <dt>
              <code>{name}</code> <span className="muted">{type}</span>
            </dt>
            {about !== '' && <dd>{about}</dd>}
          </div>
        ))}
      </dl>
    </section>
  )
}
