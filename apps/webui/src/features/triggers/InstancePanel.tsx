import { ApiError } from '@st2/client'
import type { TriggerInstanceView } from '@st2/model'
import { useQuery } from '@tanstack/react-query'
import { messageOf } from '../../api/problem.ts'
import type { InstanceFilters } from '../../api/instance-filters.ts'
import { originalOf, triggerInstanceDetails, triggerList, useReEmit } from '../../api/triggers.ts'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { DetailHead } from '../../shell/DetailHead.tsx'
import { ProblemNotice } from '../../shell/ErrorPages.tsx'
import { Button } from '../../ui/Button.tsx'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { EmptyState, Skeleton } from '../../ui/Feedback.tsx'
import { TimeStamp } from '../../ui/TimeStamp.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { InstanceBadge } from '../../widgets/rules/InstanceBadge.tsx'
import { PayloadValue } from '../../widgets/rules/PayloadValue.tsx'
import { RuleVerdicts } from './RuleVerdicts.tsx'
import { useTriggerName } from './use-trigger-name.ts'

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
        <PayloadValue maxHeight={700} payload={instance.payload} title={<h3>Payload</h3>} />
      </div>
    </>
  )
}

interface HeadProps {
  readonly instance: TriggerInstanceView
  readonly filters: InstanceFilters
}

function Head({ instance, filters }: HeadProps) {
  const name = useTriggerName(instance.trigger) ?? instance.trigger
  const reEmit = useReEmit()
  return (
    <DetailHead back={paths.instances(filters)} title={name}>
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
    </DetailHead>
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
        <CopyButton label="the instance id" text={() => instance.id} what="Instance id" />
      </dd>
      <dt>Happened</dt>
      <dd>
        <TimeStamp form="instant" iso={instance.occurrence_time} />{' '}
        <span className="muted">
          <TimeStamp form="beside" iso={instance.occurrence_time} />
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
