import type { SensorType, TriggerType, TriggerView } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { messageOf } from '../../api/problem.ts'
import { NO_INSTANCE_FILTERS } from '../../api/instance-filters.ts'
import { triggerTypeOf } from '../../api/rule-filters.ts'
import { ruleList } from '../../api/rules.ts'
import {
  sensorTypeList,
  triggerInstanceList,
  triggerList,
  triggerTypeList,
  useSetSensorEnabled,
} from '../../api/triggers.ts'
import { paths, TRIGGER_SECTIONS, type TriggerSection } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { EmptyState, Skeleton } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { JsonValue } from '../../ui/json/JsonTree.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { describeTrigger } from '../../widgets/rules/describe-trigger.ts'
import {
  eventFields,
  isRecord,
  type JsonRecord,
  parameterSchemasOf,
  typeWords,
} from '../../widgets/rules/event-schema.ts'
import { WebhookAddress } from '../../widgets/rules/WebhookAddress.tsx'
import { InstanceRow } from './InstanceRow.tsx'

interface TriggerTypePanelProps {
  readonly typeRef: string
  readonly section: TriggerSection
}

const TITLES: Readonly<Record<TriggerSection, string>> = { general: 'General', instances: 'Instances', code: 'Code' }

export function TriggerTypePanel({ typeRef, section }: TriggerTypePanelProps) {
  const types = useQuery(triggerTypeList())
  const type = types.data?.find(({ ref }) => ref === typeRef)
  if (types.isSuccess && type === undefined)
    return (
      <EmptyState
        actions={
          <AppLink className="btn" to={paths.triggers()}>
            All trigger types
          </AppLink>
        }
        icon="search"
        title="There is no such trigger type"
      >
        Its pack was removed, or its name is mistyped. <span className="mono">{typeRef}</span>
      </EmptyState>
    )
  return (
    <>
      <header className="detail-head">
        <div className="row">
          <AppLink
            aria-label="Back to the list"
            className="btn back-link"
            data-icon-only=""
            data-look="plain"
            to={paths.triggers()}
          >
            <Icon name="back" />
          </AppLink>
          <h2 className="truncate detail-ref" data-test="header_name">
            {typeRef}
          </h2>
          <span className="grow" />
          <AppLink
            aria-label="New rule for this trigger"
            className="btn head-button"
            to={paths.newRule({ trigger: typeRef })}
          >
            <Icon name="plus" size={15} />
            <span>New rule</span>
          </AppLink>
        </div>
        {type?.description && <p className="detail-about">{type.description}</p>}
      </header>
      <nav aria-label="Parts of the trigger type" className="tabs">
        {TRIGGER_SECTIONS.map((name) => (
          <AppLink aria-current={name === section ? 'page' : undefined} key={name} to={paths.trigger(typeRef, name)}>
            {TITLES[name]}
          </AppLink>
        ))}
      </nav>
      <div className="pane-body detail-body stack">
        {types.isError && <ProblemNotice error={types.error} retry={() => void types.refetch()} />}
        {types.isPending && <Skeleton widths={[30, 100, 24, 100]} />}
        {type && section === 'general' && <General type={type} />}
        {type && section === 'instances' && <Instances typeRef={typeRef} />}
        {type && section === 'code' && (
          <JsonValue label="Trigger type" maxHeight={900} title={<h3>Trigger type</h3>} value={type} />
        )}
      </div>
    </>
  )
}

function General({ type }: { readonly type: TriggerType }) {
  const sensors = useQuery(sensorTypeList()).data?.filter(({ trigger_types: emitted }) => emitted.includes(type.ref))
  const all = useQuery(triggerList()).data
  const triggers = [...(all?.values() ?? [])].filter((trigger) => trigger.type === type.ref && trigger.ref !== type.ref)
  return (
    <>
      {sensors !== undefined && sensors.length > 0 && <Sensors sensors={sensors} />}
      {triggers.length > 0 && <Triggers triggers={triggers} />}
      <Listeners typeRef={type.ref} />
      <Parameters schema={type.parameters_schema} />
      <Payload schema={type.payload_schema} />
    </>
  )
}

function Sensors({ sensors }: { readonly sensors: readonly SensorType[] }) {
  return (
    <section aria-label="Sensors" className="card">
      <div className="card-head">
        <h3>{sensors.length === 1 ? 'Its sensor' : 'Its sensors'}</h3>
      </div>
      <ul>
        {sensors.map((sensor) => (
          <li className="card-line" key={sensor.ref}>
            <div className="grow">
              <div className="mono">{sensor.ref}</div>
              <div className="muted">
                {[
                  sensor.description,
                  sensor.poll_interval === undefined ? 'waits for events' : `looks every ${sensor.poll_interval} s`,
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </div>
            </div>
            <span className="muted sensor-state">{sensor.enabled ? 'Enabled' : 'Disabled'}</span>
            <SensorSwitch sensor={sensor} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function SensorSwitch({ sensor }: { readonly sensor: SensorType }) {
  const set = useSetSensorEnabled()
  return (
    <Switch
      busy={set.isPending}
      label={`The sensor ${sensor.ref} is ${sensor.enabled ? 'enabled' : 'disabled'}`}
      on={set.isPending ? set.variables.enabled : sensor.enabled}
      onChange={(enabled) =>
        set.mutate(
          { ref: sensor.ref, enabled },
          { onError: (error) => toast('bad', `${sensor.ref} was not changed: ${messageOf(error)}`) },
        )
      }
      testId={`switch:${sensor.ref}`}
    />
  )
}

function Triggers({ triggers }: { readonly triggers: readonly TriggerView[] }) {
  return (
    <section aria-label="Triggers of this type" className="card">
      <div className="card-head">
        <h3>Triggers of this type</h3>
        <span className="muted tabular">{triggers.length}</span>
      </div>
      <ul>
        {triggers.map((trigger) => (
          <TriggerItem key={trigger.id} trigger={trigger} />
        ))}
      </ul>
    </section>
  )
}

function TriggerItem({ trigger }: { readonly trigger: TriggerView }) {
  const { kind, text } = describeTrigger(trigger.type, trigger.parameters)
  const { url } = trigger.parameters
  return (
    <li className="card-line" data-trigger={trigger.ref}>
      <div className="grow stack trigger-item">
        <div className="row wrap">
          <strong className="grow">{kind === 'webhook' ? `Webhook ${String(url)}` : text}</strong>
          <AppLink to={paths.instances({ trigger: trigger.ref })}>Instances</AppLink>
        </div>
        {kind === 'webhook' && <WebhookAddress url={url} />}
        <span className="muted mono trigger-ref">{trigger.ref}</span>
      </div>
    </li>
  )
}

/** Rules shown here; the list of rules has them all. */
const MAX_LISTENERS = 12

function Listeners({ typeRef }: { readonly typeRef: string }) {
  const rules = useQuery(ruleList()).data?.items.filter((rule) => triggerTypeOf(rule) === typeRef)
  if (rules === undefined) return null
  return (
    <section aria-label="Rules that listen" className="card">
      <div className="card-head">
        <h3>Rules that listen</h3>
        <span className="muted tabular">{rules.length}</span>
      </div>
      {rules.length === 0 ? (
        <p className="card-body muted">
          None yet: events are stored, and nothing runs.{' '}
          <AppLink to={paths.newRule({ trigger: typeRef })}>Write a rule for it</AppLink>
        </p>
      ) : (
        <ul>
          {rules.slice(0, MAX_LISTENERS).map((rule) => (
            <li className="card-line" key={rule.id}>
              <AppLink className="grow truncate" to={paths.rule(rule.ref)}>
                {rule.ref}
              </AppLink>
              <span className="muted truncate">→ {rule.action.ref}</span>
              {!rule.enabled && <span className="tag">disabled</span>}
            </li>
          ))}
          {rules.length > MAX_LISTENERS && (
            <li className="card-line">
              <AppLink to={paths.rules({ trigger: typeRef })}>All {rules.length} rules</AppLink>
            </li>
          )}
        </ul>
      )}
    </section>
  )
}

function Parameters({ schema }: { readonly schema: JsonRecord }) {
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

function Payload({ schema }: { readonly schema: JsonRecord }) {
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

const SHOWN = 20

function Instances({ typeRef }: { readonly typeRef: string }) {
  const query = useQuery(triggerInstanceList({ ...NO_INSTANCE_FILTERS, trigger_type: typeRef }, SHOWN))
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />
  if (query.isPending) return <Skeleton widths={[90, 80, 85]} />
  const { items, total } = query.data
  if (items.length === 0)
    return (
      <EmptyState icon="trigger" title="It has not happened yet">
        Every event of this type is stored here, whether a rule listens or not.
      </EmptyState>
    )
  return (
    <div className="card">
      <ul className="instance-rows">
        {items.map((instance) => (
          <li key={instance.id}>
            <InstanceRow instance={instance} to={paths.instance(instance.id, { trigger_type: typeRef })} />
          </li>
        ))}
      </ul>
      <p className="card-body">
        <AppLink to={paths.instances({ trigger_type: typeRef })}>
          All instances of it ({(total ?? items.length).toLocaleString('en')})
        </AppLink>
      </p>
    </div>
  )
}
