import type { RuleRequest } from '@st2/model'
import { Combobox } from '../../../ui/Combobox.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { ActionPart } from './ActionPart.tsx'
import { CriteriaEditor } from './CriteriaEditor.tsx'
import type { RuleDraft, RuleErrors } from './rule-draft.ts'
import { TagsEditor } from './TagsEditor.tsx'
import { TriggerPart } from './TriggerPart.tsx'
import type { Known } from './use-known.ts'

interface FormPartsProps {
  readonly draft: RuleDraft
  /** The draft as it would be sent. */
  readonly request: RuleRequest
  readonly known: Known
  readonly errors: RuleErrors
  readonly change: (part: Partial<RuleDraft>) => void
}

/** What makes a rule, in the order in which it is told. */
export function FormParts({ draft, request, known, errors, change }: FormPartsProps) {
  return (
    <>
      <div className="editor-names">
        <Field error={errors.name} label="Name" required>
          {(control) => (
            <input
              {...control}
              className="input mono"
              data-test="rule_create_name"
              onChange={(event) => change({ name: event.target.value })}
              placeholder="restart_when_down"
              spellCheck={false}
              value={draft.name}
            />
          )}
        </Field>
        <Field error={errors.pack} label="Pack">
          {(control) => (
            <Combobox
              control={control}
              label="Packs"
              onChange={(pack) => change({ pack })}
              options={(known.packs ?? []).map(({ ref, description }) => ({ value: ref, detail: description }))}
              placeholder="default"
              testId="rule_create_pack"
              value={draft.pack}
            />
          )}
        </Field>
      </div>
      <Field label="Description">
        {(control) => (
          <textarea
            {...control}
            className="input"
            data-test="rule_create_description"
            onChange={(event) => change({ description: event.target.value })}
            rows={1}
            value={draft.description}
          />
        )}
      </Field>
      <div className="row">
        <Switch
          label="Enabled"
          on={draft.enabled}
          onChange={(enabled) => change({ enabled })}
          testId="rule_create_enabled"
        />
        <span aria-hidden="true">
          {draft.enabled ? 'Enabled: it fires as soon as it is saved' : 'Disabled: events pass it by'}
        </span>
      </div>
      <TriggerPart change={change} draft={draft} errors={errors} known={known} request={request} />
      <section aria-label="Criteria" className="editor-part" data-test="rule_create_criteria">
        <h3>
          <span className="if-then-word">If</span> all of these hold
        </h3>
        <CriteriaEditor
          errors={errors.criteria}
          fields={known.fields.map(({ path, type, description }) => ({
            value: path,
            detail: [type, description].filter(Boolean).join(' — '),
          }))}
          onChange={(criteria) => change({ criteria })}
          rows={draft.criteria}
          scope="trigger"
        />
      </section>
      <ActionPart change={change} draft={draft} errors={errors} known={known} />
      <section aria-label="More" className="editor-part">
        <Field
          help={
            draft.type === 'backstop'
              ? 'Fires only when no standard rule matched the event.'
              : 'Fires whenever its criteria hold.'
          }
          label="Type"
        >
          {(control) => (
            <div>
              <Segmented
                choices={[
                  { value: 'standard', label: 'standard' },
                  { value: 'backstop', label: 'backstop' },
                ]}
                describedBy={control['aria-describedby']}
                id={control.id}
                label="Type"
                onChange={(type) => change({ type })}
                value={draft.type}
              />
            </div>
          )}
        </Field>
        <TagsEditor onChange={(tags) => change({ tags })} tags={draft.tags} />
      </section>
    </>
  )
}
