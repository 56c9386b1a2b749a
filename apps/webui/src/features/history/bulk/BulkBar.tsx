import './bulk.css'
import { type RefObject, useEffect, useRef } from 'react'
import type { HistoryFilters } from '../../../api/execution-filters.ts'
import { Button } from '../../../ui/Button.tsx'
import type { HistoryTree } from '../use-history-rows.ts'
import { dismissJob, showsJob, useBulkJob } from './bulk-job.ts'
import { clearChoice, stopChoosing, useChoice } from './choice.ts'
import { CHOOSE_BUTTON_ID } from './ChooseButton.tsx'
import { ChosenActions } from './ChosenActions.tsx'
import { JobButtons, JobDetail } from './JobView.tsx'
import { counted, stateText } from './job-words.ts'
import { phaseOf } from './request-queue.ts'
import { type Chosen, useChosen } from './use-chosen.ts'

interface BulkBarProps {
  readonly filters: HistoryFilters
  readonly tree: HistoryTree
}

/** What can be done with those that are chosen; while it is done, and until it was read what came of it, that. */
export function BulkBar({ filters, tree }: BulkBarProps) {
  const { isOn, ids } = useChoice()
  const job = useBulkJob((state) => state.job)
  const chosen = useChosen(tree)
  const bar = useRef<HTMLElement>(null)
  const view = job === null ? (isOn ? 'choosing' : 'none') : phaseOf(job.queue)
  useEffect(() => showsJob(() => bar.current?.checkVisibility() ?? false), [])
  useLeavingByEscape(bar, isOn || view === 'over')
  useKeptFocus(bar, view)
  if (view === 'none') return null
  return (
    <section aria-label="Chosen executions" className="bulk-bar" data-test="bulk_bar" ref={bar} tabIndex={-1}>
      <div className="row">
        {/* One for all that is said, so that every change of it is read out. */}
        <p className="grow bulk-said" data-test="bulk_said" role="status">
          {job === null ? choiceText(ids.size, chosen) : stateText(job)}
        </p>
        {job === null ? (
          <Button
            data-test="bulk_clear"
            disabledReason={ids.size === 0 ? 'Nothing is chosen.' : undefined}
            look="plain"
            onClick={clearChoice}
            size="s"
          >
            Clear
          </Button>
        ) : (
          <JobButtons job={job} />
        )}
      </div>
      {job === null ? <ChosenActions chosen={chosen} /> : <JobDetail filters={filters} job={job} />}
    </section>
  )
}

function choiceText(count: number, { elsewhereCount }: Chosen): string {
  const more = elsewhereCount === 0 ? '' : `, ${counted(elsewhereCount)} not on this page`
  return count === 0 ? 'None chosen' : `${counted(count)} chosen${more}`
}

/** Esc means the choice where nothing else lies on top: in the list, or nowhere. */
function useLeavingByEscape(bar: RefObject<HTMLElement | null>, canLeave: boolean): void {
  useEffect(() => {
    if (!canLeave) return undefined
    const leave = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || event.defaultPrevented || bar.current?.checkVisibility() !== true) return
      if (document.querySelector('dialog[open], :popover-open:not([role="tooltip"])') !== null) return
      const { activeElement } = document
      if (activeElement?.matches('input:not([type="checkbox"])')) return
      const isHere = bar.current.parentElement?.contains(activeElement) ?? false
      if (!isHere && activeElement !== document.body) return
      // The box goes, its row stays.
      if (activeElement?.matches('[data-row-box]'))
        activeElement.closest('[data-item]')?.querySelector<HTMLElement>('[data-row]')?.focus()
      leaveChoice()
    }
    document.addEventListener('keydown', leave)
    return () => document.removeEventListener('keydown', leave)
  }, [bar, canLeave])
}

/** The summary first, as far as there is one. */
function leaveChoice(): void {
  const { job } = useBulkJob.getState()
  if (job === null) stopChoosing()
  else if (phaseOf(job.queue) === 'over') dismissJob()
}

/** What had the focus may go with what was there before. */
function useKeptFocus(bar: RefObject<HTMLElement | null>, view: string): void {
  const before = useRef(view)
  useEffect(() => {
    if (before.current === view) return
    before.current = view
    if (document.activeElement !== document.body) return
    const next = bar.current ?? document.getElementById(CHOOSE_BUTTON_ID)
    next?.focus()
  }, [bar, view])
}
