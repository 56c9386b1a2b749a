import './rules.css'
import type { RuleTest } from '@st2/model'
import { paths } from '../../paths.ts'
import { AppLink } from '../../shell/AppLink.tsx'
import { Badge } from '../../ui/Badge.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { Icon } from '../../ui/Icon.tsx'
import { JsonValue } from '../../ui/json/JsonTree.tsx'
import { isSecretPath } from './event-schema.ts'
import { CriterionWords } from './CriteriaList.tsx'
import { ValueText } from './ValueText.tsx'

/** Whether a rule matches an event: every criterion that was looked at, the failing one with both values. */
export function RuleTestView({ test }: { readonly test: RuleTest }) {
  const isJudged = test.criteria.length > 0
  const isHeld = test.criteria.every((criterion) => criterion.matched === true)
  return (
    <div className="stack" data-test="rule_test">
      <p aria-live="polite" className="row wrap">
        {test.matched ? (
          <Badge icon="check" testId="rule_test_verdict" text="matched" tone="ok" />
        ) : (
          <Badge icon="cross" testId="rule_test_verdict" text="no match" tone="warn" />
        )}
        <span>
          {test.matched
            ? isJudged
              ? 'Every criterion holds.'
              : 'A rule without criteria matches every event of its trigger.'
            : isHeld && isJudged
              ? 'Every criterion holds, and yet nothing would run.'
              : 'Nothing would run.'}
        </span>
      </p>
      {test.reason !== undefined && (isHeld || test.matched) && (
        <Notice tone={test.matched ? 'bad' : 'warn'}>
          {test.matched && <strong>It matches, and its action cannot run. </strong>}
          {test.reason}
        </Notice>
      )}
      {isJudged && <Outcomes criteria={test.criteria} />}
      {test.action !== undefined && (
        <>
          <p>
            Would run <AppLink to={paths.action(test.action.ref)}>{test.action.ref}</AppLink>
            {Object.keys(test.action.parameters).length === 0 && ' without parameters.'}
          </p>
          {Object.keys(test.action.parameters).length > 0 && (
            <JsonValue label="Parameters it would get" title={<h4>Parameters</h4>} value={test.action.parameters} />
          )}
        </>
      )}
    </div>
  )
}

function Outcomes({ criteria }: { readonly criteria: RuleTest['criteria'] }) {
  return (
    <ol className="criteria-list card">
      {criteria.map(({ key, type, pattern, value, matched, error }) => (
        <li className={matched === true ? 'tone-ok' : 'tone-bad'} key={key}>
          <Icon name={matched === true ? 'check' : 'cross'} size={13} />
          <div>
            <span className="sr-only">{matched === true ? 'Holds: ' : 'Does not hold: '}</span>
            <CriterionWords operator={type} path={key} pattern={pattern} />
            {matched !== true && (
              <dl className="criterion-values" data-test="failing_criterion">
                <dt>In the event</dt>
                <dd>
                  {value === null || value === undefined ? (
                    <em className="muted">nothing</em>
                  ) : isSecretPath(key) ? (
                    <span className="tag">secret, not shown</span>
                  ) : (
                    <ValueText value={value} />
                  )}
                </dd>
                <dt>Wanted</dt>
                <dd>
                  <ValueText value={pattern} />
                </dd>
                {error !== undefined && (
                  <>
                    <dt>Problem</dt>
                    <dd>{error}</dd>
                  </>
                )}
              </dl>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}
