import { canConnect, type TaskModel, type TransitionModel } from '@st2/designer'
import { ENGINE_COMMANDS, isEngineCommand } from '@st2/orquesta'
import { Button } from '../../../ui/Button.tsx'
import { Field } from '../../../ui/Field.tsx'
import { useExecute, useWorkflow } from '../state/designer-context.ts'

interface TargetsFieldProps {
  readonly task: TaskModel
  readonly transition: TransitionModel
}

const MEANINGS: Readonly<Record<string, string>> = {
  continue: 'continue: go on, nothing follows here',
  noop: 'noop: do nothing, go on',
  fail: 'fail: the workflow fails',
  retry: 'retry: the task again',
}

/** Where a transition leads: tasks, and commands to the engine. */
export function TargetsField({ task, transition }: TargetsFieldProps) {
  const execute = useExecute()
  const workflow = useWorkflow()
  const { index } = transition
  const set = (targets: readonly string[]) =>
    execute({ verb: 'set-transition', task: task.name, index, do: targets.length === 0 ? null : [...targets] })
  const reasonAgainst = (target: string) => {
    const verdict = canConnect(workflow, task.name, target)
    return verdict.allowed ? null : verdict.reason
  }
  const offered = [...workflow.tasks.map(({ name }) => name), ...ENGINE_COMMANDS].filter(
    (name) => !transition.do.includes(name),
  )
  return (
    <Field label="Leads to">
      {(control) => (
        <div className="row wrap targets">
          {transition.do.length === 0 && <span className="muted">nothing: it goes on (continue)</span>}
          {transition.do.map((target) => (
            <span className="target" data-missing={isMissing(workflow, target) || undefined} key={target}>
              <span className="mono">{target}</span>
              <Button
                aria-label={`Do not lead to ${target}`}
                icon="cross"
                look="plain"
                onClick={() => set(transition.do.filter((other) => other !== target))}
                size="s"
              />
            </span>
          ))}
          <select
            {...control}
            aria-label={`Transition ${index + 1} leads also to`}
            className="input target-add"
            data-test={`do:${index}`}
            onChange={(event) => event.target.value !== '' && set([...transition.do, event.target.value])}
            value=""
          >
            <option value="">Add …</option>
            {offered.map((name) => {
              const reason = reasonAgainst(name)
              return (
                <option disabled={reason !== null} key={name} title={reason ?? undefined} value={name}>
                  {MEANINGS[name] ?? name}
                </option>
              )
            })}
          </select>
        </div>
      )}
    </Field>
  )
}

function isMissing({ taskNames }: { readonly taskNames: ReadonlyMap<string, unknown> }, target: string): boolean {
  return !isEngineCommand(target) && !taskNames.has(target)
}
