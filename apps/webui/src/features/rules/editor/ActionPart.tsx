import { Combobox } from '../../../ui/Combobox.tsx'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { Skeleton } from '../../../ui/Feedback.tsx'
import { Field } from '../../../ui/Field.tsx'
import type { EventField } from '../../../widgets/rules/event-schema.ts'
import { ChoiceFields } from './ChoiceFields.tsx'
import { choose, type RuleDraft, type RuleErrors } from './rule-draft.ts'
import type { Known } from './use-known.ts'

interface ActionPartProps {
  readonly draft: RuleDraft
  readonly known: Known
  readonly errors: RuleErrors
  readonly change: (part: Pick<RuleDraft, 'action'>) => void
}

/** Then: the action and what it is given. */
export function ActionPart({ draft, known, errors, change }: ActionPartProps) {
  const { action } = draft
  const isUnknown = action.ref.trim() !== '' && known.actions !== undefined && !known.isActionKnown
  const isLoading = known.isActionKnown && known.schemas.action === null
  return (
    <section aria-label="Action" className="editor-part">
      <h3>
        <span className="if-then-word">Then</span> run this
      </h3>
      <Field
        error={errors.action}
        help={isUnknown ? 'This server knows no such action yet.' : (known.actionAbout ?? 'Any action of any pack.')}
        label="Action"
        required
      >
        {(control) => (
          <Combobox
            control={control}
            label="Actions"
            onChange={(ref) => change({ action: choose(ref) })}
            options={(known.actions ?? []).map(({ ref, description }) => ({ value: ref, detail: description }))}
            placeholder="core.local"
            testId="rule_create_action"
            value={action.ref}
          />
        )}
      </Field>
      {known.schemas.action !== null && (
        <>
          {known.isTriggerKnown && <TemplateHelp fields={known.fields} />}
          <ChoiceFields
            choice={action}
            errors={errors.actionParameters}
            onChange={(next) => change({ action: next })}
            own={known.ownParameters}
            schemas={known.schemas.action}
          />
        </>
      )}
      {isLoading && <Skeleton widths={[30, 100]} />}
    </section>
  )
}

/** Every field takes text from the event; which there is, is one step away. */
function TemplateHelp({ fields }: { readonly fields: readonly EventField[] }) {
  const example = fields.find(({ path }) => !path.includes('headers'))?.path ?? 'trigger.name'
  return (
    <details className="template-help">
      <summary>
        Every field also takes a template, as in <code>{`{{ ${example} }}`}</code>
      </summary>
      {fields.length === 0 ? (
        <p className="muted">This trigger type does not tell its fields. Look at an event of it to find them.</p>
      ) : (
        <ul className="template-fields">
          {fields.map(({ path, type, description }) => (
            <li className="row" key={path}>
              <CopyButton label={`the template of ${path}`} text={() => `{{ ${path} }}`} what="Template" />
              <code>{path}</code>
              <span className="muted truncate">{[type, description].filter(Boolean).join(', ')}</span>
            </li>
          ))}
        </ul>
      )}
    </details>
  )
}
