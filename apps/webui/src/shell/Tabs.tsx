import { AppLink } from './AppLink.tsx'

interface TabsProps<Name extends string> {
  readonly label: string
  readonly titles: Readonly<Record<Name, string>>
  readonly current: Name
  readonly to: (name: Name) => string
}

/** Parts of one thing, each with an address of its own, in the order of their titles. */
export function Tabs<Name extends string>({ label, titles, current, to }: TabsProps<Name>) {
  return (
    <nav aria-label={label} className="tabs">
      {(Object.keys(titles) as Name[]).map((name) => (
        <AppLink aria-current={name === current ? 'page' : undefined} key={name} to={to(name)}>
          {titles[name]}
        </AppLink>
      ))}
    </nav>
  )
}
