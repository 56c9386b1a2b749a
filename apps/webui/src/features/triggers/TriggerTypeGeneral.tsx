import type { SensorType, TriggerType, TriggerView } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { messageOf } from '../../api/problem.ts'
import { triggerTypeOf } from '../../api/rule-filters.ts'
import { ruleList } from '../../api/rules.ts'
import { sensorTypeList, triggerList, useSetSensorEnabled } from '../../api/triggers.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { Switch } from '../../ui/Switch.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { describeTrigger } from '../../widgets/rules/describe-trigger.ts'
import { WebhookAddress } from '../../widgets/rules/WebhookAddress.tsx'
import { ParameterTable, PayloadTable } from './field-tables.tsx'
import { typeRow } from './trigger-groups.ts'

/** What belongs to a type, who listens to it, and what its events carry. */
export function TriggerTypeGeneral({ type }: { readonly type: TriggerType }) {
  const all = useQuery(triggerList()).data
  const { triggers, sensors } = typeRow(type, [...(all?.values() ?? [])], useQuery(sensorTypeList()).data ?? [])
  return (
    <>
      {sensors.length > 0 && <Sensors sensors={sensors} />}
      {triggers.length > 0 && <Triggers triggers={triggers} />}
      <Listeners typeRef={type.ref} />
      <ParameterTable schema={type.parameters_schema} />
      <PayloadTable schema={type.payload_schema} />
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
