import { useQuery } from '@tanstack/react-query'
import { useDeferredValue, useState } from 'react'
import { api } from '../../../api/client.ts'
import { NO_FILTERS } from '../../../api/execution-filters.ts'
import { executionList } from '../../../api/executions.ts'
import { problemOf } from '../../../api/problem.ts'
import { workflowInsight } from '../../../api/workflow-runs.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { EmptyState, Notice, Skeleton } from '../../../ui/Feedback.tsx'
import { Field } from '../../../ui/Field.tsx'
import { JsonValue } from '../../../ui/json/JsonTree.tsx'
import { usePreferences } from '../../../ui/preferences.ts'
import { formatInstant } from '../../../ui/time.ts'
import { ExpressionField } from '../../../widgets/code-editor/ExpressionField.tsx'
import { useNames } from '../details/use-names.ts'
import { useSaving } from '../state/designer-context.ts'

/** Runs that are offered. */
const RUNS = 20

/** Expressions against what a past run knew: the same evaluation as that of the engine. */
export function PlaygroundDialog({ onClose }: { readonly onClose: () => void }) {
  const ref = useSaving((saving) => saving.stored?.action.ref ?? null)
  const filters = { ...NO_FILTERS, action: [ref ?? ''] }
  const runs = useQuery({ ...executionList(filters, RUNS), enabled: ref !== null })
  const items = runs.data?.items ?? []
  return (
    <Dialog onClose={onClose} testId="playground" title="Try expressions" width={720}>
      {ref !== null && runs.isPending ? (
        <Skeleton widths={[40, 100, 60]} />
      ) : items.length === 0 ? (
        <EmptyState icon="flask" title="This workflow has not run yet">
          Expressions are tried with what a run of it knew. Run it, or simulate it, and come back.
        </EmptyState>
      ) : (
        <Playground runs={items} />
      )}
    </Dialog>
  )
}

interface PlaygroundProps {
  readonly runs: readonly { readonly id: string; readonly status: string; readonly start_timestamp: string }[]
}

function Playground({ runs }: PlaygroundProps) {
  const zone = usePreferences((state) => state.zone)
  const [run, setRun] = useState(runs[0]?.id ?? '')
  const [step, setStep] = useState<number | null>(null)
  const [text, setText] = useState('<% ctx() %>')
  const insight = useQuery(workflowInsight(run))
  const sequence = insight.data?.sequence ?? []
  const index = step ?? sequence.length - 1
  const task = sequence[index]?.id ?? ''
  const names = useNames({ kind: 'task', task })
  const expression = useDeferredValue(text)
  const answer = useQuery({
    queryKey: ['designer', 'evaluate', run, index, expression],
    queryFn: ({ signal }) => api().workflows.evaluate(run, { expression, index }, { signal }),
    enabled: sequence.length > 0 && expression.trim() !== '',
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    placeholderData: (before) => before,
  })
  return (
    <div className="stack">
      <div className="designer-names">
        <Field label="Run">
          {(control) => (
            <select
              {...control}
              className="input"
              onChange={(event) => {
                setRun(event.target.value)
                setStep(null)
              }}
              value={run}
            >
              {runs.map(({ id, status, start_timestamp: start }) => (
                <option key={id} value={id}>
                  {formatInstant(start, zone)} · {status}
                </option>
              ))}
            </select>
          )}
        </Field>
        <Field help="What the task knew when it began, and result() of it." label="At the step">
          {(control) => (
            <select
              {...control}
              className="input"
              data-test="playground_step"
              onChange={(event) => setStep(Number(event.target.value))}
              value={index}
            >
              {sequence.map(({ id, status }, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the number is what the step is
                <option key={at} value={at}>
                  {at + 1}. {id} · {status ?? 'waits'}
                </option>
              ))}
            </select>
          )}
        </Field>
      </div>
      <Field help="YAQL between <% and %>, Jinja between {{ and }}." label="Expression">
        {(control) => (
          <div data-test="playground_expression">
            <ExpressionField
              id={control.id}
              label="Expression"
              multiline
              names={names}
              onChange={setText}
              value={text}
            />
          </div>
        )}
      </Field>
      {insight.isError && <Notice tone="bad">{problemOf(insight.error).text}</Notice>}
      {answer.isError && <Notice tone="bad">{problemOf(answer.error).text}</Notice>}
      {answer.data && <Answer answer={answer.data} />}
    </div>
  )
}

function Answer({ answer }: { readonly answer: { readonly value: unknown } | { readonly error: string } }) {
  if ('error' in answer)
    return (
      <div data-test="playground_error">
        <Notice tone="warn">{answer.error}</Notice>
      </div>
    )
  return (
    <div data-test="playground_value">
      <JsonValue label="Value" maxHeight={260} title={<h3>Value</h3>} value={answer.value} />
    </div>
  )
}
