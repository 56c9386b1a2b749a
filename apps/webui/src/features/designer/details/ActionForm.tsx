import { Notice } from '../../../ui/Feedback.tsx'
import { Field } from '../../../ui/Field.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { useDesigner, useDesignerState, useExecute, useSaving } from '../state/designer-context.ts'
import { Button } from '../../../ui/Button.tsx'
import { ParameterList } from './ParameterList.tsx'
import { TextInput } from './TextInput.tsx'

/** The action that the workflow is to everybody else. */
export function ActionForm() {
  const { view } = useDesigner()
  const execute = useExecute()
  const { metadata } = useDesignerState()
  const stored = useSaving((saving) => saving.stored)
  const { name, pack, description, enabled, entry_point: entryPoint, parameters, undrawn } = metadata.model
  const set = (field: string, value: unknown) => execute({ verb: 'set-metadata-field', field, value })
  return (
    <div className="stack" data-test="action_form">
      {!metadata.isCurrent && (
        <Notice tone="warn">The metadata has a mistake. Until it is put right, forms change nothing.</Notice>
      )}
      <Field
        help={stored === null ? 'Pack and name are asked for when it is saved.' : 'Another name makes another action.'}
        label="Reference"
        side={
          stored !== null && (
            <Button onClick={() => view.setState({ dialog: { kind: 'save-as' } })} size="s">
              Save as …
            </Button>
          )
        }
      >
        {(control) => (
          <output {...control} className="mono action-reference">
            {name ? `${pack ?? ''}.${name}` : 'not named yet'}
          </output>
        )}
      </Field>
      <TextInput
        label="Description"
        onCommit={(text) => set('description', text)}
        rows={3}
        testId="action_description"
        value={description ?? ''}
      />
      <div className="row">
        <Switch label="Enabled" on={enabled} onChange={(on) => set('enabled', on)} testId="action_enabled" />
        <span aria-hidden="true">{enabled ? 'Enabled: it can be run' : 'Disabled: nobody can run it'}</span>
      </div>
      <ParameterList parameters={parameters} />
      {entryPoint !== null && entryPoint !== '' && (
        <p className="muted">
          Its file is <span className="mono">{entryPoint}</span>.
        </p>
      )}
      {undrawn.length > 0 && (
        <p className="muted">
          Kept in the metadata and not shown: <span className="mono">{undrawn.join(', ')}</span>
        </p>
      )}
    </div>
  )
}
