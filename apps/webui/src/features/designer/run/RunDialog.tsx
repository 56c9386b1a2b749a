import '../../../widgets/auto-form/auto-form.css'
import type { ParameterModel } from '@st2/designer'
import type { ParameterSchemas } from '@st2/model'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useMemo, useRef, useState } from 'react'
import { api } from '../../../api/client.ts'
import { executionKeys } from '../../../api/execution-keys.ts'
import { problemOf } from '../../../api/problem.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { Notice } from '../../../ui/Feedback.tsx'
import { AutoForm } from '../../../widgets/auto-form/AutoForm.tsx'
import { useParameterForm } from '../../../widgets/auto-form/use-parameter-form.ts'
import { SaveFailureNotice } from '../save/SaveFailureNotice.tsx'
import { useSave } from '../save/use-save.ts'
import { useDesigner, useDesignerState, useSaving } from '../state/designer-context.ts'
import { chooseTasks } from '../state/chosen.ts'
import { KnownProblems, useErrors } from './KnownProblems.tsx'
import { startSimulation } from './simulation.ts'

interface RunDialogProps {
  readonly kind: 'run' | 'simulate'
  readonly onClose: () => void
}

const NOTHING = {}

/** What the workflow is run with, or simulated: a run saves it first. */
export function RunDialog({ kind, onClose }: RunDialogProps) {
  const { view } = useDesigner()
  const cache = useQueryClient()
  const save = useSave()
  const { workflow, metadata, isDirty } = useDesignerState()
  const stored = useSaving((saving) => saving.stored)
  const schemas = useMemo(() => schemasOf(metadata.model.parameters), [metadata.model])
  const form = useParameterForm(schemas, NOTHING)
  const formElement = useRef<HTMLFormElement>(null)
  const [tried, setTried] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const { values, errors } = form.result
  const wrong = Object.keys(errors)
  const isFirstSave = stored === null
  const isDoubtful = useErrors().length > 0
  const run = useMutation({
    mutationFn: async () => {
      const ref = isDirty || isFirstSave ? await save() : stored.action.ref
      return ref === null ? null : api().executions.create({ action: ref, parameters: values })
    },
    onSuccess: (execution) => {
      if (execution === null) return
      cache.setQueryData(executionKeys.one(execution.id), execution)
      chooseTasks(view, [])
      view.setState({ performance: { kind: 'run', execution: execution.id } })
      onClose()
    },
    onError: (error) => setFault(`${problemOf(error).title}. ${problemOf(error).text}`),
  })
  const simulate = () => {
    try {
      const inputs = { ...presetsOf(metadata.model.parameters), ...values }
      const state = startSimulation({ definition: workflow.text, inputs, at: Date.now() * 1000 })
      view.setState({ performance: { kind: 'simulation', state } })
      onClose()
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error))
    }
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    setFault(null)
    if (wrong.length > 0) formElement.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus()
    else if (kind === 'simulate') simulate()
    else if (!run.isPending) run.mutate()
  }
  const disabled = kind === 'run' && !metadata.model.enabled ? 'This workflow is disabled in its metadata.' : undefined
  return (
    <Dialog
      foot={
        <>
          <span className="grow muted" role="status">
            {tried && wrong.length > 0 ? `To be corrected: ${wrong.join(', ')}` : ''}
          </span>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            busy={run.isPending}
            data-autofocus={form.fields.length === 0 ? '' : undefined}
            data-test="run_submit"
            disabledReason={
              disabled ?? (kind === 'run' && isFirstSave ? 'Save it first: a run needs a name.' : undefined)
            }
            form="designer-run"
            icon={kind === 'run' ? 'play' : 'flask'}
            look="primary"
            type="submit"
          >
            {kind === 'simulate' ? 'Simulate' : isDirty ? 'Save and run' : 'Run'}
            {isDoubtful && ' anyway'}
          </Button>
        </>
      }
      onClose={onClose}
      testId="run_dialog"
      title={kind === 'run' ? `Run ${stored?.action.ref ?? 'the new workflow'}` : 'Simulate without effects'}
      width={560}
    >
      <form
        className="stack"
        id="designer-run"
        noValidate
        onKeyDown={(event) => event.key === 'Enter' && (event.ctrlKey || event.metaKey) && submit(event)}
        onSubmit={submit}
        ref={formElement}
      >
        {kind === 'simulate' && (
          <p className="muted">The workflow is conducted as it is here, saved or not. You say how each task ends.</p>
        )}
        <KnownProblems />
        {kind === 'run' && <SaveFailureNotice />}
        {fault !== null && <Notice tone="bad">{fault}</Notice>}
        {form.fields.length === 0 && <p className="muted">It takes no parameters.</p>}
        <AutoForm
          entries={form.entries}
          errors={tried ? errors : NOTHING}
          fields={form.fields}
          onChange={form.change}
        />
      </form>
    </Dialog>
  )
}

function schemasOf(parameters: readonly ParameterModel[]): ParameterSchemas {
  return Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]))
}

/** The server fills them in for a run. */
function presetsOf(parameters: readonly ParameterModel[]): Record<string, unknown> {
  return Object.fromEntries(
    parameters.flatMap(({ name, schema }) => (schema['default'] === undefined ? [] : [[name, schema['default']]])),
  )
}
