import { useQuery } from '@tanstack/react-query'
import { Command } from 'cmdk'
import { type ReactNode, useState } from 'react'
import { actionList } from '../api/actions.ts'
import { ruleList } from '../api/rules.ts'
import { triggerTypeList } from '../api/triggers.ts'
import { signOut } from '../api/session.ts'
import { paths } from '../paths.ts'
import { Dialog } from '../ui/Dialog.tsx'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { setPreference, usePreferences } from '../ui/preferences.ts'
import { useGo } from './AppLink.tsx'
import { closePalette } from './palette-state.ts'
import { SCREENS } from './screens.ts'

/** Shown at once of each kind; more typing narrows them. */
const MAX_SHOWN = 40
const OBJECT_ID = /^[0-9a-f]{24}$/i

/** Goes anywhere by typing. Executions and trigger instances are found by their id, which needs no list of them. */
export function CommandPalette() {
  const go = useGo()
  const [text, setText] = useState('')
  const zone = usePreferences((state) => state.zone)
  const things = useThings()
  const wanted = text.trim().toLowerCase()
  const run = (work: () => void) => () => {
    closePalette()
    work()
  }
  const commands: readonly { readonly label: string; readonly icon: IconName; readonly work: () => void }[] = [
    { label: 'Design a new workflow', icon: 'graph', work: () => go(paths.designer()) },
    { label: 'Write a new rule', icon: 'plus', work: () => go(paths.newRule()) },
    { label: 'Use the light theme', icon: 'sun', work: () => setPreference('theme', 'light') },
    { label: 'Use the dark theme', icon: 'moon', work: () => setPreference('theme', 'dark') },
    {
      label: zone === 'utc' ? 'Show times in the local zone' : 'Show times in UTC',
      icon: 'globe',
      work: () => setPreference('zone', zone === 'utc' ? 'local' : 'utc'),
    },
    { label: 'Sign out', icon: 'signOut', work: () => signOut() },
  ]

  return (
    <Dialog kind="bare" onClose={closePalette} title="Go to" width={620}>
      <Command className="palette" label="Go to" shouldFilter={false}>
        <div className="search">
          <Icon name="search" size={14} />
          <Command.Input
            className="input"
            data-test="palette_input"
            onValueChange={setText}
            placeholder="Action, rule, trigger, id, screen"
            value={text}
          />
        </div>
        <Command.List className="palette-list">
          <Command.Empty className="lines-note">
            Nothing has this name. Executions and trigger instances are found by their full id.
          </Command.Empty>
          {OBJECT_ID.test(wanted) && (
            <Command.Group heading="By id">
              <Item
                detail="execution"
                icon="history"
                label={wanted}
                onSelect={run(() => go(paths.execution(wanted)))}
                value={`execution ${wanted}`}
              />
              <Item
                detail="trigger instance"
                icon="trigger"
                label={wanted}
                onSelect={run(() => go(paths.instance(wanted)))}
                value={`instance ${wanted}`}
              />
            </Command.Group>
          )}
          <Group heading="Screens">
            {SCREENS.filter(({ title }) => matches(title, wanted)).map(({ title, path, icon }) => (
              <Item icon={icon} key={path} label={title} onSelect={run(() => go(path))} value={path} />
            ))}
          </Group>
          {things.map(({ heading, icon, kind, items, pathOf }) => (
            <Group heading={heading} key={kind}>
              {items
                .filter(({ ref, description }) => matches(`${ref} ${description ?? ''}`, wanted))
                .slice(0, MAX_SHOWN)
                .map(({ ref, description }) => (
                  <Item
                    detail={description}
                    icon={icon}
                    key={ref}
                    label={ref}
                    onSelect={run(() => go(pathOf(ref)))}
                    value={`${kind} ${ref}`}
                  />
                ))}
            </Group>
          ))}
          <Group heading="Commands">
            {commands
              .filter(({ label }) => matches(label, wanted))
              .map(({ label, icon, work }) => (
                <Item icon={icon} key={label} label={label} onSelect={run(work)} value={label} />
              ))}
          </Group>
        </Command.List>
      </Command>
    </Dialog>
  )
}

interface Things {
  readonly heading: string
  readonly icon: IconName
  readonly kind: string
  readonly items: readonly { readonly ref: string; readonly description?: string | undefined }[]
  readonly pathOf: (ref: string) => string
}

/** What is found by its reference and its description. */
function useThings(): readonly Things[] {
  const actions = useQuery(actionList()).data?.items ?? []
  const rules = useQuery(ruleList()).data?.items ?? []
  const types = useQuery(triggerTypeList()).data ?? []
  return [
    { heading: 'Actions', icon: 'bolt', kind: 'action', items: actions, pathOf: (ref) => paths.action(ref) },
    { heading: 'Rules', icon: 'rule', kind: 'rule', items: rules, pathOf: (ref) => paths.rule(ref) },
    { heading: 'Trigger types', icon: 'trigger', kind: 'trigger', items: types, pathOf: (ref) => paths.trigger(ref) },
  ]
}

/** A heading stands only above something. */
function Group({ heading, children }: { readonly heading: string; readonly children: readonly ReactNode[] }) {
  return children.length === 0 ? null : <Command.Group heading={heading}>{children}</Command.Group>
}

function matches(text: string, wanted: string): boolean {
  const lower = text.toLowerCase()
  return wanted.split(/\s+/).every((word) => lower.includes(word))
}

interface ItemProps {
  readonly icon: IconName
  readonly label: string
  readonly detail?: string | undefined
  readonly value: string
  readonly onSelect: () => void
}

function Item({ icon, label, detail, value, onSelect }: ItemProps) {
  return (
    <Command.Item className="menu-item" onSelect={onSelect} value={value}>
      <Icon name={icon} size={15} />
      <span>{label}</span>
      <span className="grow truncate muted">{detail}</span>
    </Command.Item>
  )
}
