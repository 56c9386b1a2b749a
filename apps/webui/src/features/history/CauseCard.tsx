import type { Execution } from '@st2/model'
import { useState } from 'react'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { Button } from '../../ui/Button.tsx'
import { describeTrigger } from '../../widgets/rules/describe-trigger.ts'
import { isRecord, type JsonRecord } from '../../widgets/rules/event-schema.ts'
import { PayloadValue } from '../../widgets/rules/PayloadValue.tsx'

/** The rule that asked for it, and the event that the rule answered. */
export function CauseCard({ execution }: { readonly execution: Execution }) {
  const [shown, setShown] = useState(false)
  const { rule, trigger, trigger_type: type, trigger_instance: instance } = execution
  if (rule === undefined && instance === undefined) return null
  const ruleRef = textOf(rule, 'ref')
  const instanceId = textOf(instance, 'id')
  const typeRef = textOf(type, 'ref') ?? textOf(trigger, 'type')
  const payload = instance?.['payload']
  const parameters = trigger?.['parameters']
  return (
    <section aria-label="Why it ran" className="card" data-test="cause">
      <div className="card-head">
        <h3 className="grow">Why it ran</h3>
        {isRecord(payload) && (
          <Button aria-expanded={shown} look="plain" onClick={() => setShown(!shown)} size="s">
            {shown ? 'Hide payload' : 'Show payload'}
          </Button>
        )}
      </div>
      <dl className="facts card-body">
        <dt>Rule</dt>
        <dd>
          {ruleRef === undefined ? (
            <span className="muted">unknown</span>
          ) : (
            <AppLink data-test="cause_rule" to={paths.rule(ruleRef)}>
              {ruleRef}
            </AppLink>
          )}
        </dd>
        {typeRef !== undefined && (
          <>
            <dt>Trigger</dt>
            <dd>
              <AppLink to={paths.trigger(typeRef)}>{typeRef}</AppLink>{' '}
              <span className="muted">{describeTrigger(typeRef, isRecord(parameters) ? parameters : {}).text}</span>
            </dd>
          </>
        )}
        {instanceId !== undefined && (
          <>
            <dt>Instance</dt>
            <dd>
              <AppLink className="mono" data-test="cause_instance" to={paths.instance(instanceId)}>
                {instanceId}
              </AppLink>
            </dd>
          </>
        )}
      </dl>
      {shown && isRecord(payload) && <PayloadValue payload={payload} title={<h4>Payload</h4>} />}
    </section>
  )
}

function textOf(record: JsonRecord | undefined, name: string): string | undefined {
  const value = record?.[name]
  return typeof value === 'string' ? value : undefined
}
