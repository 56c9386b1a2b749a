import './rules.css'
import { Icon } from '../../ui/Icon.tsx'
import { criterionPath } from './criterion-path.ts'
import { isRecord, type JsonRecord } from '../json-record.ts'
import { isSearchCondition, OPERATOR_LOOKS, operatorNamed, SEARCH_CONDITIONS, wordsOf } from './operators.ts'
import { ValueText } from './ValueText.tsx'

/** Conditions in words, those of a search below it. */
export function CriteriaList({ criteria }: { readonly criteria: JsonRecord }) {
  return (
    <ul className="criteria-list">
      {Object.entries(criteria).map(([key, criterion]) => (
        <li key={key}>
          <Icon name="filter" size={12} />
          <CriterionText criterion={isRecord(criterion) ? criterion : {}} name={key} />
        </li>
      ))}
    </ul>
  )
}

interface CriterionTextProps {
  readonly name: string
  readonly criterion: JsonRecord
}

function CriterionText({ name, criterion }: CriterionTextProps) {
  const { type, pattern, condition } = criterion
  const operator = typeof type === 'string' ? type : ''
  const known = operatorNamed(operator)
  if (known === 'search' && isRecord(pattern))
    return (
      <div className="criterion-words">
        <code>{criterionPath(name)}</code> {wordsOf(operator)}{' '}
        <span className="muted">
          ({isSearchCondition(condition) ? SEARCH_CONDITIONS[condition].toLowerCase() : 'the condition is missing'})
        </span>
        <CriteriaList criteria={pattern} />
      </div>
    )
  return (
    <div className="criterion-words">
      <CriterionWords operator={operator} path={name} pattern={pattern} />
    </div>
  )
}

interface CriterionWordsProps {
  readonly path: string
  readonly operator: string
  readonly pattern: unknown
}

/** `trigger.body.ref ends with "/main"`. */
export function CriterionWords({ path, operator, pattern }: CriterionWordsProps) {
  const known = operatorNamed(operator)
  return (
    <>
      <code>{criterionPath(path)}</code> <span title={operator}>{wordsOf(operator)}</span>
      {(known === null || OPERATOR_LOOKS[known].takesPattern) && (
        <>
          {' '}
          <ValueText value={pattern} />
        </>
      )}
    </>
  )
}
