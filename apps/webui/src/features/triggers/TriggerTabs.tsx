import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'

/** What can happen, and what did. */
export function TriggerTabs({ current }: { readonly current: 'types' | 'instances' }) {
  return (
    <nav aria-label="Triggers" className="tabs">
      <AppLink aria-current={current === 'types' ? 'page' : undefined} to={paths.triggers()}>
        Types
      </AppLink>
      <AppLink aria-current={current === 'instances' ? 'page' : undefined} to={paths.instances()}>
        Instances
      </AppLink>
    </nav>
  )
}
