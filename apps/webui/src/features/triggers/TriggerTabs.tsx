import { paths } from '../../paths.ts'
import { Tabs } from '../../shell/Tabs.tsx'

const TITLES = { types: 'Types', instances: 'Instances' } as const

/** What can happen, and what did. */
export function TriggerTabs({ current }: { readonly current: keyof typeof TITLES }) {
  return (
    <Tabs
      current={current}
      label="Triggers"
      titles={TITLES}
      to={(name) => (name === 'types' ? paths.triggers() : paths.instances())}
    />
  )
}
