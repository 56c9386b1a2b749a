import type { RuleTest, RuleTestEvent } from '@st2/model'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type InstanceFilters, NO_INSTANCE_FILTERS } from '../../api/instance-filters.ts'
import { problemOf } from '../../api/problem.ts'
import { triggerInstanceList } from '../../api/triggers.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice, Skeleton } from '../../ui/Feedback.tsx'
import { Field } from '../../ui/Field.tsx'
import { usePreferences } from '../../ui/preferences.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { formatInstant } from '../../ui/time.ts'
import { isRecord, type JsonRecord } from '../../widgets/json-record.ts'
import { samplePayload, shownPayload } from '../../widgets/rules/event-schema.ts'
import { RuleTestView } from '../../widgets/rules/RuleTestView.tsx'

interface TryPanelProps {
  /** Which stored events are offered. */
  readonly trigger: Pick<Partial<InstanceFilters>, 'trigger' | 'trigger_type'>
  readonly payloadSchema: JsonRecord | undefined
  readonly test: (event: RuleTestEvent) => Promise<RuleTest>
}

/** Events offered, newest first. */
const OFFERED = 25

/** Would it match? An event that is made up, or one that happened; nothing is run. */
export function TryPanel({ trigger, payloadSchema, test }: TryPanelProps) {
  const zone = usePreferences((state) => state.zone)
  const isKnown = Object.keys(trigger).length > 0
  const query = useQuery({
    ...triggerInstanceList({ ...NO_INSTANCE_FILTERS, ...trigger }, OFFERED),
    enabled: isKnown,
  })
  const instances = query.data?.items
  const [chosen, setChosen] = useState<'payload' | 'stored' | null>(null)
  const source = chosen ?? (instances !== undefined && instances.length > 0 ? 'stored' : 'payload')
  const [typed, setTyped] = useState<string | null>(null)
  const text = typed ?? JSON.stringify(samplePayload(payloadSchema ?? {}), null, 2)
  const [instanceId, setInstanceId] = useState('')
  const instance = instances?.find(({ id }) => id === instanceId) ?? instances?.[0]
  const payload = readPayload(text)
  const attempt = useMutation({
    mutationFn: () =>
      source === 'stored' && instance !== undefined
        ? test({ trigger_instance: instance.id })
        : test({ payload: { ...payload.value } }),
  })
  const isLooking = isKnown && chosen === null && query.isPending
  const reason = isLooking
    ? 'Stored events are being looked for.'
    : source === 'stored'
      ? instance === undefined
        ? 'No event of this trigger is stored.'
        : undefined
      : payload.error

  const run = () => {
    if (reason === undefined && !attempt.isPending) attempt.mutate()
  }
  return (
    <section aria-label="Try it" className="card" data-test="try_it">
      <div className="card-head wrap">
        <h3 className="grow">Try it</h3>
        <Segmented
          choices={[
            { value: 'stored', label: 'Stored event' },
            { value: 'payload', label: 'Payload' },
          ]}
          label="Event to try"
          onChange={setChosen}
          value={source}
        />
      </div>
      {/* No form of its own: it also stands beside one, which Enter would send. */}
      <div
        className="card-body stack"
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
          event.stopPropagation()
          run()
        }}
      >
        {isLooking ? (
          <Skeleton widths={[20, 100]} />
        ) : source === 'payload' ? (
          <Field
            error={payload.error}
            help="What the event says; criteria and templates see it as trigger."
            label="Payload as JSON"
          >
            {(control) => (
              <textarea
                {...control}
                className="input mono"
                data-test="try_payload"
                onChange={(event) => setTyped(event.target.value)}
                rows={3}
                spellCheck={false}
                value={text}
              />
            )}
          </Field>
        ) : (
          <Field help="Nothing is run and nothing is stored." label="Event">
            {(control) => (
              <select
                {...control}
                className="input"
                data-test="try_instance"
                onChange={(event) => setInstanceId(event.target.value)}
                value={instance?.id ?? ''}
              >
                {instances?.length === 0 && <option value="">none has happened yet</option>}
                {instances?.map(({ id, occurrence_time: at }) => (
                  <option key={id} value={id}>
                    {formatInstant(at, zone)} · {id}
                  </option>
                ))}
              </select>
            )}
          </Field>
        )}
        <div className="row">
          <Button busy={attempt.isPending} data-test="try_submit" disabledReason={reason} icon="flask" onClick={run}>
            Try
          </Button>
          {source === 'stored' && instance !== undefined && (
            <Button
              look="plain"
              onClick={() => {
                setTyped(JSON.stringify(shownPayload(instance.payload), null, 2))
                setChosen('payload')
              }}
            >
              Edit its payload
            </Button>
          )}
        </div>
        {attempt.isError && (
          <Notice tone="bad">
            <strong>{problemOf(attempt.error).title}.</strong> {problemOf(attempt.error).text}
          </Notice>
        )}
        {attempt.isSuccess && <RuleTestView test={attempt.data} />}
      </div>
    </section>
  )
}

interface ReadPayload {
  readonly value: JsonRecord
  readonly error: string | undefined
}

function readPayload(text: string): ReadPayload {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value)
      ? { value, error: undefined }
      : { value: {}, error: 'A payload is an object: {"key": "value"}' }
  } catch (error) {
    return { value: {}, error: `Not JSON: ${error instanceof Error ? error.message : String(error)}` }
  }
}
