import { type ReactNode, useState } from 'react'
import { Button } from '../ui/Button.tsx'
import { Combobox } from '../ui/Combobox.tsx'
import { Field } from '../ui/Field.tsx'
import { Popup } from '../ui/Popup.tsx'
import { setPreference, usePreferences } from '../ui/preferences.ts'
import { Segmented } from '../ui/Segmented.tsx'
import { formatInstant, isZone, zoneName } from '../ui/time.ts'

const FORMS = [
  { value: 'exact', label: 'Exact' },
  { value: 'relative', label: 'Relative' },
] as const

const ZONES = [
  { value: 'local', label: 'Local' },
  { value: 'utc', label: 'UTC' },
  { value: 'named', label: 'Another' },
] as const

/** How every time on every screen is shown, remembered by this browser. */
export function TimesMenu() {
  const zone = usePreferences((state) => state.zone)
  const times = usePreferences((state) => state.times)
  return (
    <Popup
      className="times-menu"
      kind="dialog"
      label="Times"
      trigger={
        <Button aria-label={`Times: ${zoneName(zone)}, ${times}`} icon="globe" look="plain" size="s">
          <span className="topbar-word">{zoneName(zone)}</span>
        </Button>
      }
    >
      {() => <Content />}
    </Popup>
  )
}

function Content() {
  const zone = usePreferences((state) => state.zone)
  const times = usePreferences((state) => state.times)
  const isNamed = zone !== 'local' && zone !== 'utc'
  const [isOther, setOther] = useState(isNamed)
  const choose = (choice: (typeof ZONES)[number]['value']) => {
    setOther(choice === 'named')
    if (choice !== 'named') setPreference('zone', choice)
  }
  return (
    <div className="stack">
      <Labelled label="Times are shown">
        <Segmented
          choices={FORMS}
          label="Times are shown"
          onChange={(form) => setPreference('times', form)}
          value={times}
        />
      </Labelled>
      <Labelled label="Time zone">
        <Segmented
          choices={ZONES}
          label="Time zone"
          onChange={choose}
          value={isOther ? 'named' : zone === 'utc' ? 'utc' : 'local'}
        />
      </Labelled>
      {isOther && <NamedZone known={isNamed ? zone : ''} />}
      <p className="muted">Now it is {formatInstant(new Date().toISOString(), zone)}.</p>
    </div>
  )
}

/** The group says its name itself to whoever does not see it. */
function Labelled({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <div className="field">
      <span aria-hidden="true" className="field-label">
        {label}
      </span>
      <div>{children}</div>
    </div>
  )
}

const NAMES = Intl.supportedValuesOf('timeZone').map((value) => ({ value }))

function NamedZone({ known }: { readonly known: string }) {
  const [text, setText] = useState(known)
  const isKnown = NAMES.some(({ value }) => value === text)
  const change = (typed: string) => {
    setText(typed)
    if (NAMES.some(({ value }) => value === typed) && isZone(typed)) setPreference('zone', typed)
  }
  return (
    <Field error={text === '' || isKnown ? undefined : 'No zone is called that yet.'} label="Name of the zone">
      {(control) => (
        <Combobox
          control={control}
          label="Time zones"
          mono={false}
          onChange={change}
          options={NAMES}
          placeholder="Europe/Berlin"
          value={text}
        />
      )}
    </Field>
  )
}
