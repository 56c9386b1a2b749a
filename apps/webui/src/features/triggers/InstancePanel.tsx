import { ApiError } from '@st2/client'
import type { TriggerInstanceView } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { messageOf } from '../../api/problem.ts'
import type { InstanceFilters } from '../../api/instance-filters.ts'
import { originalOf, triggerInstanceDetails, triggerList, useReEmit } from '../../api/triggers.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { Button } from '../../ui/Button.tsx'
import { copyText } from '../../ui/copy.ts'
import { EmptyState, Skeleton } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { JsonValue } from '../../ui/json/JsonTree.tsx'
import { TimeStamp } from '../../ui/TimeStamp.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { describeTrigger } from '../../widgets/rules/describe-trigger.ts'
import { shownPayload } from '../../widgets/rules/event-schema.ts'
import { InstanceBadge } from '../../widgets/rules/InstanceBadge.tsx'
import { RuleVerdicts } from './RuleVerdicts.tsx'

interface InstancePanelProps {
  readonly id: string
  readonly filters: InstanceFilters
}

export function InstancePanel({ id, filters }: InstancePanelProps) {
  const details = useQuery(triggerInstanceDetails(id))
  const instance = details.data
  if (details.error instanceof ApiError && (details.error.status === 404 || details.error.status === 400))
    return (
      <EmptyState
        actions={
          <AppLink className="btn" to={paths.instances(filters)}>
            Back to the list
          </AppLink>
        }
        icon="search"
        title="There is no such trigger instance"
      >
        It was collected as too old, or its id is mistyped. <span className="mono">{id}</span>
      </EmptyState>
    )
  if (instance === undefined)
    return (
      <div className="detail-body">
        {details.isError ? (
          <ProblemNotice error={details.error} retry={() => void details.refetch()} />
        ) : (
          <Skeleton widths={[40, 70, 30, 100, 100]} />
        )}
      </div>
    )
  return (
    <>
      <Head filters={filters} instance={instance} />
      <div className="pane-body detail-body stack">
        <Facts instance={instance} />
        <RuleVerdicts instance={instance} />
        <JsonValue label="Payload" maxHeight={700} title={<h3>Payload</h3>} value={shownPayload(instance.payload)} />
      </div>
    </>
  )
}

interface HeadProps {
  readonly instance: TriggerInstanceView
  readonly filters: InstanceFilters
}

function Head({ instance, filters }: HeadProps) {
  const trigger = useQuery(triggerList()).data?.get(instance.trigger)
  const words = trigger === undefined ? instance.trigger : describeTrigger(trigger.type, trigger.parameters).name
  const reEmit = useReEmit()
  return (
    <header className="detail-head">
      <div className="row">
        <AppLink
          aria-label="Back to the list"
          className="btn back-link"
          data-icon-only=""
          data-look="plain"
          to={paths.instances(filters)}
        >
          <Icon name="back" />
        </AppLink>
        <h2 className="truncate detail-ref" data-test="header_name" title={words}>
          {words}
        </h2>
        <span aria-live="polite" className="grow">
          <InstanceBadge status={instance.status} testId="status" />
        </span>
        <Button
          aria-label="Re-emit"
          busy={reEmit.isPending}
          className="head-button"
          data-test="re_emit"
          icon="rerun"
          onClick={() =>
            reEmit.mutate(instance, {
              onSuccess: (copy) =>
                toast(
                  'ok',
                  'It happens once more.',
                  copy === null ? (
                    <AppLink to={paths.instances({ trigger: instance.trigger })}>Show the instances</AppLink>
                  ) : (
                    <AppLink to={paths.instance(copy)}>Show the new instance</AppLink>
                  ),
                ),
              onError: (error) => toast('bad', `It was not emitted again: ${messageOf(error)}`),
            })
          }
        >
          <span>Re-emit</span>
        </Button>
      </div>
    </header>
  )
}

function Facts({ instance }: { readonly instance: TriggerInstanceView }) {
  const triggers = useQuery(triggerList()).data
  const type = triggers?.get(instance.trigger)?.type
  const original = originalOf(instance)
  return (
    <dl className="facts instance-facts">
      <dt>Instance ID</dt>
      <dd className="row">
        <span className="mono" data-test="instance_id">
          {instance.id}
        </span>
        <Button
          aria-label="Copy the instance id"
          icon="copy"
          look="plain"
          onClick={() => void copyText(instance.id, 'Instance id')}
          size="s"
        />
      </dd>
      <dt>Happened</dt>
      <dd>
        <TimeStamp form="instant" iso={instance.occurrence_time} />{' '}
        <span className="muted">
          <TimeStamp form="relative" iso={instance.occurrence_time} />
        </span>
      </dd>
      <dt>Trigger</dt>
      <dd>
        <AppLink className="mono" to={paths.instances({ trigger: instance.trigger })}>
          {instance.trigger}
        </AppLink>
        {triggers !== undefined && type === undefined && <span className="muted"> (gone)</span>}
      </dd>
      {type !== undefined && type !== instance.trigger && (
        <>
          <dt>Type</dt>
          <dd>
            <AppLink className="mono" to={paths.trigger(type)}>
              {type}
            </AppLink>
          </dd>
        </>
      )}
      {original !== undefined && (
        <>
          <dt>Repeats</dt>
          <dd>
            <AppLink className="mono" to={paths.instance(original)}>
              {original}
            </AppLink>
          </dd>
        </>
      )}
    </dl>
  )
}
