import { type Execution, type ExecutionRequestVerb, isCompleted, isOrquestaRunner, isWorkflowRunner } from '@st2/model'
import { useMutation } from '@tanstack/react-query'
import { Fragment } from 'react'
import type { HistoryFilters } from '../../api/execution-filters.ts'
import { messageOf } from '../../api/problem.ts'
import type { RunPlace } from '../../api/run-place.ts'
import { type ExecutionSection, paths } from '../../paths.ts'
import { AppLink, useGo } from '../../shell/AppLink.tsx'
import { DetailHead } from '../../shell/DetailHead.tsx'
import { Button } from '../../ui/Button.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { toast } from '../../ui/Toasts.tsx'
import { useMedia } from '../../ui/use-media.ts'
import { CopyRunMenu, copyRunEntries } from '../../widgets/CopyRunMenu.tsx'
import { runnerOf } from '../../widgets/execution/runner-of.ts'
import { refusalOf, VERBS } from './execution-requests.ts'
import { runAgainReason } from './run/run-again.ts'
import { sendRequest } from './send-request.ts'
import { storedSchemas } from './stored-schemas.ts'

interface ExecutionHeadProps {
  readonly execution: Execution
  readonly section: ExecutionSection
  readonly filters: HistoryFilters
  readonly place: RunPlace
}

/** What it is, how it stands, and what can be done with it. */
export function ExecutionHead({ execution, section, filters, place }: ExecutionHeadProps) {
  const go = useGo()
  const { id, status } = execution
  const ref = execution.action?.ref ?? 'unknown action'
  const runner = runnerOf(execution)
  const isWhole = place.view === 'whole'
  const isNarrow = useMedia('(max-width: 800px)')
  // What is over can neither be paused nor canceled: the name needs the room.
  const isOver = isCompleted(status)
  const copied = { request: { action: ref, parameters: execution.parameters ?? {} }, schemas: storedSchemas(execution) }
  const at = (next: ExecutionSection, changes: Partial<RunPlace> = {}) =>
    paths.execution(id, next, { ...filters, ...place, ...changes })
  return (
    <DetailHead
      about={execution.action?.description}
      back={paths.history(filters)}
      title={<AppLink to={paths.action(ref)}>{breakable(ref)}</AppLink>}
    >
      <span aria-live="polite" className="grow" data-run-status="" tabIndex={-1}>
        <StatusBadge status={status} testId="status" />
      </span>
      {isNarrow ? (
        <Menu
          entries={[
            { label: 'Compare with another run', icon: 'compare', onSelect: () => go(paths.compareWith(id)) },
            ...copyRunEntries(copied).map((entry) => ({ ...entry, label: `Copy as ${entry.label}` })),
          ]}
          label="More"
          trigger={<Button aria-label="More" icon="dots" />}
        />
      ) : (
        <>
          {isWorkflowRunner(runner) && (
            <Button
              aria-label={isWhole ? 'Show the list beside it' : 'Give it the whole width'}
              aria-pressed={isWhole}
              data-test="whole_button"
              icon="columns"
              onClick={() => go(at(section, { view: isWhole ? '' : 'whole' }), 'replace')}
            />
          )}
          <Button
            aria-label="Compare with another run"
            data-test="compare_button"
            icon="compare"
            onClick={() => go(paths.compareWith(id))}
          />
          <CopyRunMenu {...copied} />
        </>
      )}
      {isWorkflowRunner(runner) && !isOver && <PauseButton execution={execution} />}
      {isOrquestaRunner(runner) && (
        <Button
          aria-label="Re-run tasks"
          data-test="rerun_tasks_button"
          disabledReason={runAgainReason(execution)}
          icon="branch"
          onClick={() => go(at('rerun-tasks', { task: '' }))}
        />
      )}
      <Button
        aria-label="Re-run"
        className="head-button"
        data-test="rerun_button"
        icon="rerun"
        onClick={() => go(at('rerun'))}
      >
        <span>Re-run</span>
      </Button>
      {!isOver && <RequestButton execution={execution} verb="cancel" />}
    </DetailHead>
  )
}

/** A long name breaks between its words, where it must. */
function breakable(ref: string) {
  return ref.split(/(?<=[._-])/).map((part, index) => (
    <Fragment key={`${index}${part}`}>
      {part}
      <wbr />
    </Fragment>
  ))
}

function PauseButton({ execution }: { readonly execution: Execution }) {
  const isHeld = execution.status === 'paused' || execution.status === 'resuming'
  return <RequestButton execution={execution} verb={isHeld ? 'resume' : 'pause'} />
}

interface RequestButtonProps {
  readonly execution: Execution
  readonly verb: ExecutionRequestVerb
}

/** Asks for another status; where that is not possible it says why. */
function RequestButton({ execution, verb }: RequestButtonProps) {
  const { word, icon, look, done } = VERBS[verb]
  const request = useMutation({
    mutationFn: () => sendRequest(verb, execution.id),
    onSuccess: (answer) => {
      if (answer.kind === 'refused') toast('warn', answer.text)
    },
    onError: (error) => toast('bad', `The execution was not ${done}: ${messageOf(error)}`),
  })
  return (
    <Button
      aria-label={word}
      busy={request.isPending}
      className="head-button"
      data-test={`${verb}_button`}
      disabledReason={refusalOf(verb, execution)}
      icon={icon}
      look={look}
      onClick={() => request.mutate()}
    >
      <span>{word}</span>
    </Button>
  )
}
