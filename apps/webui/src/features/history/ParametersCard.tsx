import { type Execution, MASK } from '@st2/model'
import { JsonValue } from '../../ui/json/JsonTree.tsx'
import { storedSchemas } from './stored-schemas.ts'

/** Longer texts and nested values are shown as a tree instead of a line. */
const MAX_LINE = 2000

/** What it was given; what was not given took its default. */
export function ParametersCard({ execution }: { readonly execution: Execution }) {
  const parameters = execution.parameters ?? {}
  const names = Object.keys(parameters)
  const schemas = storedSchemas(execution)
  const defaults = Object.entries(schemas).filter(([name, schema]) => !(name in parameters) && schema.default != null)
  const isPlain = names.every((name) => isLine(parameters[name]))
  return (
    <section aria-label="Parameters" data-test="action_input">
      {names.length > 0 && !isPlain ? (
        <JsonValue label="Parameters" title={<h3>Parameters</h3>} value={parameters} />
      ) : (
        <div className="card">
          <div className="card-head">
            <h3>Parameters</h3>
          </div>
          {names.length === 0 ? (
            <p className="card-body muted">None were given.</p>
          ) : (
            <dl className="facts card-body">
              {names.map((name) => (
                <ParameterLine key={name} name={name} value={parameters[name]} />
              ))}
            </dl>
          )}
        </div>
      )}
      {defaults.length > 0 && (
        <details className="defaults">
          <summary>{defaults.length === 1 ? '1 default was used' : `${defaults.length} defaults were used`}</summary>
          <dl className="facts">
            {defaults.map(([name, schema]) => (
              <ParameterLine key={name} name={name} value={schema.secret === true ? MASK : schema.default} />
            ))}
          </dl>
        </details>
      )}
    </section>
  )
}

function ParameterLine({ name, value }: { readonly name: string; readonly value: unknown }) {
  return (
    <>
      <dt className="mono">{name}</dt>
      <dd className="mono parameter-value">
        {value === MASK ? (
          <span className="tag">secret, not shown</span>
        ) : typeof value === 'string' ? (
          value
        ) : (
          JSON.stringify(value)
        )}
      </dd>
    </>
  )
}

function isLine(value: unknown): boolean {
  if (typeof value === 'string') return value.length <= MAX_LINE
  return typeof value !== 'object' || value === null || JSON.stringify(value).length < 80
}
