import type { Execution } from '@st2/model'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useId, useMemo, useState } from 'react'
import { actionOverview } from '../../api/actions.ts'
import { api } from '../../api/client.ts'
import { executionKeys } from '../../api/execution-keys.ts'
import { paths } from '../../paths.ts'
import { useGo } from '../../shell/AppLink.tsx'
import { AttemptNotice } from '../../shell/ErrorPages.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { Notice, Skeleton } from '../../ui/Feedback.tsx'
import { JsonValue } from '../../ui/json/JsonTree.tsx'
import { ParameterFields } from '../../widgets/auto-form/ParameterFields.tsx'
import { textOf } from '../../widgets/auto-form/form-model.ts'
import { useParameterForm } from '../../widgets/auto-form/use-parameter-form.ts'
import { withoutSecrets } from '../../widgets/command-line.ts'
import { rerunBody, type RerunStart, rerunStart } from './rerun-model.ts'
import { storedSchemas } from './stored-schemas.ts'

interface RerunDialogProps {
  readonly execution: Execution
  readonly onClose: () => void
}

/** Runs it again with the same parameters or with changed ones. */
export function RerunDialog({ execution, onClose }: RerunDialogProps) {
  const ref = execution.action?.ref ?? ''
  const overview = useQuery(actionOverview(ref))
  const start = useMemo(() => rerunStart(execution.parameters ?? {}), [execution.id])
  // When the action cannot be read any more, what it took at the time is the best that is known.
  const schemas = overview.data?.parameters ?? (overview.isError ? storedSchemas(execution) : null)
  if (schemas === null)
    return (
      <Dialog onClose={onClose} title={`Re-run ${ref}`} width={640}>
        <Skeleton widths={[30, 100, 40, 100]} />
      </Dialog>
    )
  return <RerunForm execution={execution} isGone={overview.isError} onClose={onClose} schemas={schemas} start={start} />
}

interface RerunFormProps extends RerunDialogProps {
  readonly schemas: Parameters<typeof useParameterForm>[0]
  readonly start: RerunStart
  readonly isGone: boolean
}

function RerunForm({ execution, schemas, start, isGone, onClose }: RerunFormProps) {
  const ref = execution.action?.ref ?? ''
  const formId = useId()
  const go = useGo()
  const cache = useQueryClient()
  const [preview, setPreview] = useState(false)
  const [tried, setTried] = useState(false)
  const given = useMemo(() => new Set(Object.keys(execution.parameters ?? {})), [execution.id])
  // What was given last time is what is changed most.
  const firstNames = useMemo(
    () => new Set([...given, ...Object.keys(execution.action?.parameters ?? {})]),
    [execution.id],
  )
  const form = useParameterForm(schemas, start.values, { given })
  const body = rerunBody(start, form.result.values)
  const rerun = useMutation({
    mutationFn: () => api().executions.rerun(execution.id, { parameters: body }),
    onSuccess: (next) => {
      cache.setQueryData(executionKeys.one(next.id), next)
      go(paths.execution(next.id))
    },
  })
  const errors = Object.keys(form.result.errors)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (errors.length === 0 && !rerun.isPending) rerun.mutate()
  }

  return (
    <Dialog
      foot={
        <>
          <span className="grow muted" role="status">
            {errors.length > 0 && tried ? `To be corrected: ${errors.join(', ')}` : changesText(Object.keys(body))}
          </span>
          <Button aria-pressed={preview} data-test="rerun_preview" onClick={() => setPreview(!preview)}>
            Preview
          </Button>
          <Button data-test="rerun_cancel" onClick={onClose}>
            Close
          </Button>
          <Button
            busy={rerun.isPending}
            data-test="rerun_submit"
            form={formId}
            icon="rerun"
            look="primary"
            type="submit"
          >
            Re-run
          </Button>
        </>
      }
      onClose={onClose}
      testId="rerun_popup"
      title={`Re-run ${ref}`}
      width={640}
    >
      <form className="stack" data-test="rerun_form_action" id={formId} onSubmit={submit}>
        <AttemptNotice error={rerun.error} />
        {isGone && (
          <Notice tone="warn">
            The action itself could not be loaded. These are the parameters it had at the time.
          </Notice>
        )}
        {start.masked.size > 0 && (
          <Notice tone="run">
            {[...start.masked].join(', ')}: the server keeps the secret value of the previous run unless you type a new
            one.
          </Notice>
        )}
        {preview ? (
          <JsonValue
            label="What differs from the previous run"
            title={<h3>What differs from the previous run</h3>}
            value={withoutSecrets(body, schemas)}
          />
        ) : (
          <ParameterFields
            emptyMeans={emptyMeanings(start)}
            errors={tried ? form.result.errors : {}}
            form={form}
            own={firstNames}
          />
        )}
      </form>
    </Dialog>
  )
}

/** The server merges: an emptied field means the previous value, not none. */
function emptyMeanings(start: RerunStart): Record<string, string> {
  const shown = Object.entries(start.values).map(([name, value]) => [name, `as before: ${textOf(value).slice(0, 60)}`])
  return Object.fromEntries([...shown, ...[...start.masked].map((name) => [name, 'kept from the previous run'])])
}

function changesText(names: readonly string[]): string {
  return names.length === 0 ? 'Same parameters as before' : `Changed: ${names.join(', ')}`
}
