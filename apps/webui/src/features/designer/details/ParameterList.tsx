import type { ParameterModel } from '@st2/designer'
import { newGroup, useDesigner, useExecute } from '../state/designer-context.ts'
import { AddByName } from './AddByName.tsx'
import { ParameterForm } from './ParameterForm.tsx'
import { inOrder, placesAfterMove } from './parameter-order.ts'
import { Section } from './Section.tsx'

/** What callers give the workflow, as its metadata declares it. */
export function ParameterList({ parameters }: { readonly parameters: readonly ParameterModel[] }) {
  const { view } = useDesigner()
  const execute = useExecute()
  const shown = inOrder(parameters)
  const move = (from: number, to: number) => {
    const places = placesAfterMove(shown, from, to)
    const group = newGroup('positions')
    for (const { name, schema } of parameters) {
      const position = places.get(name)
      if (schema['position'] !== position)
        execute({ verb: 'set-parameter', name, schema: { ...schema, position } }, { group })
    }
  }
  return (
    <Section
      isOpen
      summary={parameters.map(({ name }) => name).join(', ') || 'none'}
      testId="parameters"
      title="Parameters"
    >
      {shown.map((parameter, index) => (
        <ParameterForm
          key={parameter.name}
          onMove={(step) => move(index, index + step)}
          onRename={() => view.setState({ dialog: { kind: 'rename-variable', name: parameter.name } })}
          parameter={parameter}
          place={{ index, count: shown.length }}
        />
      ))}
      <AddByName
        addLabel="Parameter"
        label="Name of a new parameter"
        onAdd={(name) => execute({ verb: 'set-parameter', name, schema: { type: 'string', required: true } }).allowed}
        testId="parameter"
      />
    </Section>
  )
}
