import type { Action } from '@st2/model'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import { actionMetadata, runnerTypeList } from '../../api/actions.ts'
import { api } from '../../api/client.ts'
import { executionKeys } from '../../api/execution-keys.ts'
import { paths } from '../../paths.ts'
import { useGo } from '../../shell/AppLink.tsx'
import { AttemptNotice } from '../../shell/ErrorPages.tsx'
import { Button } from '../../ui/Button.tsx'
import { Kbd, Notice } from '../../ui/Feedback.tsx'
import { Field } from '../../ui/Field.tsx'
import { ParameterFields } from '../../widgets/auto-form/ParameterFields.tsx'
import { useParameterForm } from '../../widgets/auto-form/use-parameter-form.ts'
import { CopyRunMenu } from '../../widgets/CopyRunMenu.tsx'
import { obstacleOf } from './runnable.ts'

const NOTHING = {}

/** The form generated from the parameters of action and runner. */
export function RunForm({ action }: { readonly action: Action }) {
  const go = useGo()
  const cache = useQueryClient()
  const formElement = useRef<HTMLFormElement>(null)
  const own = useQuery(actionMetadata(action.ref)).data?.parameters
  const ownNames = useMemo(() => own && new Set(Object.keys(own)), [own])
  const form = useParameterForm(action.parameters, NOTHING)
  const [traceTag, setTraceTag] = useState('')
  const [tried, setTried] = useState(false)
  const run = useMutation({
    mutationFn: () =>
      api().executions.create({
        action: action.ref,
        parameters: form.result.values,
        ...(traceTag === '' ? {} : { context: { trace_context: { trace_tag: traceTag } } }),
      }),
    onSuccess: (execution) => {
      cache.setQueryData(executionKeys.one(execution.id), execution)
      go(paths.execution(execution.id))
    },
  })

  const obstacle = obstacleOf(action, useQuery(runnerTypeList()).data?.items)
  const errors = Object.keys(form.result.errors)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (errors.length === 0 && obstacle === null && !run.isPending) run.mutate()
    else queueMicrotask(() => formElement.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus())
  }

  return (
    <form
      aria-label={`Run ${action.ref}`}
      className="run-form"
      onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit(event)}
      onSubmit={submit}
      ref={formElement}
    >
      <div className="pane-body detail-body">
        <div className="form-column stack">
          {obstacle !== null && <Notice tone="warn">This action cannot be run. {obstacle.reason}</Notice>}
          <ParameterFields errors={tried ? form.result.errors : NOTHING} form={form} own={ownNames} />
          <Field help="Finds this run again together with everything it starts." label="Trace tag">
            {(control) => (
              <input
                {...control}
                className="input"
                data-test="field:trace-tag"
                onChange={(event) => setTraceTag(event.target.value)}
                value={traceTag}
              />
            )}
          </Field>
          <AttemptNotice error={run.error} />
        </div>
      </div>
      <footer className="pane-foot">
        <span className="grow" role="status">
          {tried && errors.length > 0 ? `To be corrected: ${errors.join(', ')}` : ''}
        </span>
        <span className="hint-keys">
          <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd>
        </span>
        <CopyRunMenu
          request={{ action: action.ref, parameters: form.result.values, traceTag }}
          schemas={action.parameters}
        />
        <Button
          busy={run.isPending}
          data-test="run_submit"
          disabledReason={obstacle?.reason}
          icon="play"
          look="primary"
          type="submit"
        >
          Run
        </Button>
      </footer>
    </form>
  )
}
