import './cause.css'
import type { Execution } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { executionAncestors, executionOfLiveaction } from '../../api/executions.ts'
import { enforcementOfExecution } from '../../api/rules.ts'
import { NO_EXECUTIONS } from '../../api/run-executions.ts'
import { runExecutions } from '../../api/workflow-runs.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { Button } from '../../ui/Button.tsx'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { TimeStamp } from '../../ui/TimeStamp.tsx'
import { isWorkflow } from '../../widgets/execution/runner-of.ts'
import { taskNameOf } from '../../widgets/execution/task-name.ts'
import { describeTrigger } from '../../widgets/rules/describe-trigger.ts'
import { PayloadValue } from '../../widgets/rules/PayloadValue.tsx'
import { type Cause, causeChain } from './cause-chain.ts'

type CauseOf<Kind extends Cause['kind']> = Extract<Cause, { readonly kind: Kind }>

/** What made it run, link by link: event, rule, enforcement, whatever it is a part or a repetition of, and what it asked for. */
export function CauseCard({ execution }: { readonly execution: Execution }) {
  const isChild = execution.parent !== undefined
  const ancestors = useQuery({ ...executionAncestors(execution.id), enabled: isChild })
  if (isChild && ancestors.isPending) return null
  const chain = causeChain(execution, ancestors.data ?? [])
  // That a person ran it is said among the facts.
  if (chain.length === 2 && chain[0]?.kind === 'person') return null
  return (
    <section aria-label="Why it ran" className="card" data-test="cause">
      <div className="card-head">
        <h3 className="grow">Why it ran</h3>
      </div>
      <ol className="cause-chain">
        {chain.map((cause, index) => (
          <CauseStep cause={cause} isThis={index === chain.length - 1} key={`${cause.kind}${index}`} />
        ))}
        {isWorkflow(execution) && <TasksStep id={execution.id} />}
      </ol>
      {ancestors.isError && (
        <p className="lines-note">What it is a part of could not be loaded: {ancestors.error.message}</p>
      )}
    </section>
  )
}

function CauseStep({ cause, isThis }: { readonly cause: Cause; readonly isThis: boolean }) {
  switch (cause.kind) {
    case 'event':
      return <EventStep cause={cause} />
    case 'rule':
      return <RuleStep cause={cause} />
    case 'retry':
      return <RetryStep cause={cause} />
    case 'rerun':
      return (
        <Step icon="rerun" kind="Re-run">
          {cause.user} ran{' '}
          <AppLink className="mono" to={paths.execution(cause.of)}>
            {cause.of}
          </AppLink>{' '}
          again{cause.tasks.length > 0 && `, from ${cause.tasks.join(', ')}`}
        </Step>
      )
    case 'alias':
      return (
        <Step icon="bolt" kind="Chat">
          {cause.user ?? 'Somebody'} used the alias <strong>{cause.name}</strong>
          {cause.channel !== undefined && ` in ${cause.channel}`}
        </Step>
      )
    case 'person':
      return (
        <Step icon="user" kind="Person">
          {cause.user} asked for it
        </Step>
      )
    case 'execution':
      return (
        <Step icon={isThis ? 'play' : 'branch'} kind={cause.task === undefined ? 'Execution' : 'Task'} now={isThis}>
          {cause.task !== undefined && <strong>{cause.task} </strong>}
          {isThis ? cause.ref : <AppLink to={paths.execution(cause.id)}>{cause.ref}</AppLink>}
          {isThis && <span className="muted"> · this one</span>}
        </Step>
      )
  }
}

function EventStep({ cause }: { readonly cause: CauseOf<'event'> }) {
  const [isShown, setShown] = useState(false)
  const { type, parameters, instanceId, occurredAt, payload } = cause
  return (
    <Step
      icon="trigger"
      kind="Event"
      more={isShown && payload !== undefined && <PayloadValue payload={payload} title={<h4>Payload</h4>} />}
    >
      {type !== undefined && (
        <>
          <AppLink to={paths.trigger(type)}>{type}</AppLink>{' '}
          <span className="muted">{describeTrigger(type, parameters).text} </span>
        </>
      )}
      {instanceId !== undefined && (
        <AppLink className="mono" data-test="cause_instance" to={paths.instance(instanceId)}>
          {instanceId}
        </AppLink>
      )}{' '}
      {occurredAt !== undefined && (
        <span className="muted">
          <TimeStamp form="instant" iso={occurredAt} />
        </span>
      )}
      {payload !== undefined && (
        <Button aria-expanded={isShown} look="plain" onClick={() => setShown(!isShown)} size="s">
          {isShown ? 'Hide payload' : 'Show payload'}
        </Button>
      )}
    </Step>
  )
}

function RuleStep({ cause }: { readonly cause: CauseOf<'rule'> }) {
  const enforcement = useQuery(enforcementOfExecution(cause.executionId)).data
  return (
    <>
      <Step icon="rule" kind="Rule">
        <AppLink data-test="cause_rule" to={paths.rule(cause.ref)}>
          {cause.ref}
        </AppLink>
      </Step>
      {enforcement && (
        <Step icon="check" kind="Enforcement">
          <AppLink className="mono" data-test="cause_enforcement" to={paths.rule(cause.ref, 'enforcements')}>
            {enforcement.id}
          </AppLink>{' '}
          <span className="muted">
            <TimeStamp form="instant" iso={enforcement.enforced_at} />
          </span>
        </Step>
      )}
    </>
  )
}

function RetryStep({ cause }: { readonly cause: CauseOf<'retry'> }) {
  const earlier = useQuery({ ...executionOfLiveaction(cause.liveaction), enabled: cause.liveaction !== '' }).data
  return (
    <Step icon="rerun" kind="Retry">
      Retry {cause.count} of the policy <strong>{cause.policy}</strong>
      {earlier && (
        <>
          {' '}
          after{' '}
          <AppLink className="mono" to={paths.execution(earlier.id)}>
            {earlier.id}
          </AppLink>
        </>
      )}
    </Step>
  )
}

/** Tasks that are named; the others are below. */
const NAMED_TASKS = 5

function TasksStep({ id }: { readonly id: string }) {
  // The picture of the run is drawn from the same.
  const { byId, total } = useQuery(runExecutions(id)).data ?? NO_EXECUTIONS
  if (total === 0) return null
  const named = [...Map.groupBy(byId.values(), (child) => taskNameOf(child) ?? child.action.ref)]
  return (
    <Step icon="branch" kind={total === 1 ? 'Task' : 'Tasks'}>
      {named.slice(0, NAMED_TASKS).map(([name, runs], index) => (
        <span key={name}>
          {index > 0 && ', '}
          <AppLink to={paths.execution(runs[0]?.id ?? id)}>{name}</AppLink>
          {runs.length > 1 && <span className="muted"> × {runs.length}</span>}
        </span>
      ))}
      {(named.length > NAMED_TASKS || total > byId.size) && <span className="muted"> and more</span>}
    </Step>
  )
}

interface StepProps {
  readonly icon: IconName
  readonly kind: string
  readonly now?: boolean
  readonly more?: ReactNode
  readonly children: ReactNode
}

function Step({ icon, kind, now = false, more, children }: StepProps) {
  return (
    <li aria-current={now ? 'step' : undefined} className="cause-step">
      <span className="cause-mark">
        <Icon name={icon} size={13} />
      </span>
      <span className="cause-kind">{kind}</span>
      <div className="cause-text sentence">{children}</div>
      {more && <div className="cause-more">{more}</div>}
    </li>
  )
}
