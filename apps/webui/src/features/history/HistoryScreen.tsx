import './history.css'
import { getRouteApi } from '@tanstack/react-router'
import { isExecutionSection } from '../../paths.ts'
import { useTitle } from '../../shell/use-title.ts'
import { ExecutionPanel } from './ExecutionPanel.tsx'
import { HistoryPage } from './HistoryPage.tsx'
import { useHistoryFilters } from './use-history-filters.ts'
import { useRunPlace } from './use-run-place.ts'

const route = getRouteApi('/history/{-$id}/{-$section}')

/** The list with the details of one execution, or one run on the whole screen. */
export function HistoryScreen() {
  const { id } = route.useParams()
  const { view } = useRunPlace()
  return view === 'whole' && id !== undefined ? <WholeExecution id={id} /> : <HistoryPage />
}

function WholeExecution({ id }: { readonly id: string }) {
  const { section } = route.useParams()
  const filters = useHistoryFilters()
  useTitle(id, 'History')
  return (
    <section aria-label="Execution" className="whole" data-test="details">
      <ExecutionPanel filters={filters} id={id} key={id} section={isExecutionSection(section) ? section : 'general'} />
    </section>
  )
}
