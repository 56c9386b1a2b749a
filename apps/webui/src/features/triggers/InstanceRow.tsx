import type { TriggerInstanceView } from '@st2/model'
import { AppLink } from '../../shell/AppLink.tsx'
import { TimeStamp } from '../../ui/TimeStamp.tsx'
import { shownPayload } from '../../widgets/rules/event-schema.ts'
import { InstanceBadge } from '../../widgets/rules/InstanceBadge.tsx'
import { useTriggerName } from './use-trigger-name.ts'

interface InstanceRowProps {
  readonly instance: TriggerInstanceView
  readonly to: string
  readonly current?: boolean
}

/** Characters of the payload in a row. */
const MAX_SUMMARY = 240

/** One event as two lines of a list. */
export function InstanceRow({ instance, to, current = false }: InstanceRowProps) {
  const name = useTriggerName(instance.trigger) ?? instance.trigger
  return (
    <AppLink
      aria-current={current || undefined}
      className="rows-link instance-row"
      data-instance={instance.id}
      data-row=""
      to={to}
    >
      <span className="instance-status">
        <InstanceBadge status={instance.status} />
      </span>
      <span className="instance-line">
        <span className="instance-name truncate">{name}</span>
        <span className="muted tabular">
          <TimeStamp form="clock" iso={instance.occurrence_time} />
        </span>
      </span>
      <span className="instance-payload truncate mono">{summaryOf(instance)}</span>
    </AppLink>
  )
}

/** What a request says comes before how it was sent. */
function summaryOf({ payload }: TriggerInstanceView): string {
  const shown = shownPayload(payload)
  const { headers: _headers, headers_lower: _lower, ...rest } = shown
  return (JSON.stringify('body' in rest ? rest['body'] : shown) ?? '').slice(0, MAX_SUMMARY)
}
