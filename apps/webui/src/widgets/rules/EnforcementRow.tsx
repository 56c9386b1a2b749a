import './rules.css'
import { isExecutionStatus, type RuleEnforcementView } from '@st2/model'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { TimeStamp } from '../../ui/TimeStamp.tsx'

interface EnforcementRowProps {
  readonly enforcement: RuleEnforcementView
  /** What the list around it does not say already. */
  readonly names: 'rule' | 'instance'
}

/** One firing of a rule: what came of it, and why not. */
export function EnforcementRow({ enforcement, names }: EnforcementRowProps) {
  const { status, failure_reason: reason, enforced_at: at, execution_id: executionId, execution, rule } = enforcement
  return (
    <div className="enforcement" data-enforcement={enforcement.id}>
      {status === 'failed' ? (
        <Badge icon="cross" meaning="It could not be fired" text="failed" tone="bad" />
      ) : (
        <Badge icon="check" meaning="It requested an execution" text="fired" tone="ok" />
      )}
      <div className="enforcement-line">
        {names === 'rule' && <AppLink to={paths.rule(rule.ref)}>{rule.ref}</AppLink>}
        {executionId !== undefined && (
          <span className="row">
            <AppLink to={paths.execution(executionId)}>{execution.action?.ref ?? 'execution'}</AppLink>
            {isExecutionStatus(execution.status) && <StatusBadge status={execution.status} />}
          </span>
        )}
        <span className="grow" />
        <span className="muted tabular">
          <TimeStamp form={names === 'rule' ? 'clock' : 'instant'} iso={at} />
        </span>
      </div>
      {(names === 'instance' || reason !== undefined) && (
        <div className="enforcement-why">
          {reason}
          {names === 'instance' && (
            <div>
              Because of{' '}
              <AppLink className="mono" to={paths.instance(enforcement.trigger_instance_id)}>
                {enforcement.trigger_instance_id}
              </AppLink>
            </div>
          )}
        </div>
      )}
    </div>
  )
}
