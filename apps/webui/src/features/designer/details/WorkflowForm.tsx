import { type DesignerCommand, type Entry } from '@st2/designer'
import { useDesigner, useExecute, useWorkflow } from '../state/designer-context.ts'
import { EntryRows } from './EntryRows.tsx'
import { Section } from './Section.tsx'
import { TextInput } from './TextInput.tsx'

type SectionName = Extract<DesignerCommand, { verb: 'set-entry' }>['section']

/** What the workflow takes, knows from the start, and answers. */
export function WorkflowForm() {
  const { view } = useDesigner()
  const execute = useExecute()
  const { input, vars, output, description, undrawn } = useWorkflow()
  const rename = (name: string) => view.setState({ dialog: { kind: 'rename-variable', name } })
  const change = (section: SectionName, before: readonly { readonly name: string }[]) => (at: number, entry: Entry) => {
    const old = before[at]?.name
    if (old !== undefined && old !== entry.name) {
      if (section === 'output') execute({ verb: 'rename-entry', section, from: old, to: entry.name })
    } else execute({ verb: 'set-entry', section, name: entry.name, value: entry.value })
  }
  const rest = (section: SectionName, entries: readonly { readonly name: string }[]) => ({
    onChange: change(section, entries),
    onRemove: (at: number) => execute({ verb: 'remove-entry', section, name: entries[at]?.name ?? '' }),
    onMove: (from: number, to: number) => execute({ verb: 'move-entry', section, from, to }),
  })
  return (
    <div className="stack" data-test="workflow_form">
      <TextInput
        label="Description in the workflow"
        onCommit={(text) =>
          execute({ verb: 'set-workflow-field', field: 'description', value: text === '' ? null : text })
        }
        value={description ?? ''}
      />
      <Section isOpen summary={namesOf(input)} title="Input">
        <p className="muted">What a run is given. A value here is used when none is given.</p>
        <EntryRows
          {...rest('input', input)}
          addLabel="Input"
          entries={input.map(({ name, hasDefault, default: preset }) => ({
            name,
            value: hasDefault ? preset : undefined,
          }))}
          label="Input"
          onAdd={(name) => execute({ verb: 'set-entry', section: 'input', name })}
          onRename={rename}
          placeholder="must be given"
          placeOf={(index) => ({ kind: 'input', index })}
          testId="input"
        />
      </Section>
      <Section isOpen summary={namesOf(vars)} title="Variables">
        <EntryRows
          {...rest('vars', vars)}
          addLabel="Variable"
          entries={vars}
          label="Variables"
          onAdd={(name) => execute({ verb: 'set-entry', section: 'vars', name, value: '' })}
          onRename={rename}
          placeOf={(index) => ({ kind: 'vars', index })}
          testId="vars"
        />
      </Section>
      <Section isOpen summary={namesOf(output)} title="Output">
        <p className="muted">What a run answers when it has ended.</p>
        <EntryRows
          {...rest('output', output)}
          addLabel="Output"
          entries={output}
          label="Output"
          onAdd={(name) => execute({ verb: 'set-entry', section: 'output', name, value: `<% ctx(${name}) %>` })}
          placeOf={(index) => ({ kind: 'output', index })}
          testId="output"
        />
      </Section>
      {undrawn.length > 0 && (
        <p className="muted">
          Kept in the text and not shown:{' '}
          {undrawn.map(({ path, reason }) => `${[path].flat().join('.')} (${reason})`).join('; ')}
        </p>
      )}
    </div>
  )
}

function namesOf(entries: readonly { readonly name: string }[]): string {
  return entries.map(({ name }) => name).join(', ') || 'none'
}
