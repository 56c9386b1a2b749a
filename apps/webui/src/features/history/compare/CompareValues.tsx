import { useMemo, useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { compareValues, type Difference, MAX_DIFFERENCES } from '../../../widgets/run/compare-values.ts'

interface CompareValuesProps {
  readonly title: string
  readonly left: unknown
  readonly right: unknown
}

const WORDS: Readonly<Record<Difference['kind'], string>> = {
  same: 'same',
  changed: 'changed',
  added: 'only in the second',
  removed: 'only in the first',
}
/** Characters of a value that are shown. */
const MAX_TEXT = 2000

/** Two values, place by place where they differ. */
export function CompareValues({ title, left, right }: CompareValuesProps) {
  const [isAllShown, setAllShown] = useState(false)
  const places = useMemo(() => compareValues(left, right), [left, right])
  const different = places.filter(({ kind }) => kind !== 'same')
  const shown = isAllShown ? places : different
  return (
    <section className="card compare-table" data-test={`compare_${title.toLowerCase()}`}>
      <div className="card-head">
        <h3 className="grow">{title}</h3>
        <span className="muted">
          {differencesText(different.length)}
          {different.length >= MAX_DIFFERENCES && ', the first of them'}
        </span>
        {places.length > different.length && (
          <Button aria-pressed={isAllShown} look="plain" onClick={() => setAllShown(!isAllShown)} size="s">
            Same ones too
          </Button>
        )}
      </div>
      {shown.length > 0 && (
        <div className="compare-scroll" tabIndex={0}>
          <table>
            <thead>
              <tr>
                <th scope="col">Place</th>
                <th scope="col">First</th>
                <th scope="col">Second</th>
              </tr>
            </thead>
            <tbody>
              {shown.map(({ path, left: before, right: after, kind }) => (
                <tr data-different={kind !== 'same' || undefined} key={path}>
                  <th scope="row">
                    <span className="mono">{path === '' ? 'all of it' : path}</span>{' '}
                    <span className="muted">{WORDS[kind]}</span>
                  </th>
                  <td className="mono compare-value">{textOf(before)}</td>
                  <td className="mono compare-value">{textOf(after)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function differencesText(count: number): string {
  if (count === 0) return 'No difference'
  return count === 1 ? '1 difference' : `${count} differences`
}

function textOf(value: unknown): string {
  if (value === undefined) return '–'
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 1) ?? '')
  return text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)} … ${text.length - MAX_TEXT} more characters` : text
}
