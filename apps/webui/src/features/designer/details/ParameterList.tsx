import type { ParameterModel } from '@st2/designer'
import { useState } from 'react'
import { Button } from '../../../ui/Button.tsx'
import { useDesigner, useExecute } from '../state/designer-context.ts'
import { ParameterForm } from './ParameterForm.tsx'
import { Section } from './Section.tsx'

/** What callers give the workflow, as its metadata declares it. */
export function ParameterList({ parameters }: { readonly parameters: readonly ParameterModel[] }) {
  const { view } = useDesigner()
  const execute = useExecute()
  const [name, setName] = useState('')
  const add = () => {
    if (name.trim() === '') return
    const outcome = execute({ verb: 'set-parameter', name: name.trim(), schema: { type: 'string', required: true } })
    if (outcome.allowed) setName('')
  }
  const position = (at: number, to: number) => {
    const order = parameters.map(({ name: other }) => other)
    const [moved] = order.splice(at, 1)
    if (moved === undefined) return
    order.splice(to, 0, moved)
    const group = `positions:${order.join()}`
    order.forEach((parameter, index) => {
      const schema = parameters.find((one) => one.name === parameter)?.schema ?? {}
      if (schema['position'] !== index)
        execute({ verb: 'set-parameter', name: parameter, schema: { ...schema, position: index } }, { group })
    })
  }
  const sorted = parameters.toSorted((a, b) => placeOf(a) - placeOf(b))
  return (
    <Section
      isOpen
      summary={parameters.map((one) => one.name).join(', ') || 'none'}
      testId="parameters"
      title="Parameters"
    >
      {sorted.map((parameter, index) => (
        <ParameterForm
          key={parameter.name}
          onMove={(step) => position(parameters.indexOf(parameter), index + step)}
          onRename={() => view.setState({ dialog: { kind: 'rename-variable', name: parameter.name } })}
          parameter={parameter}
          place={{ index, count: sorted.length }}
        />
      ))}
      <div className="row entry-add">
        <input
          aria-label="Name of a new parameter"
          className="input mono"
          data-test="parameter_name"
          onChange={(event) => setName(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return
            event.preventDefault()
            add()
          }}
          placeholder="name"
          spellCheck={false}
          value={name}
        />
        <Button
          data-test="parameter_add"
          disabledReason={name.trim() === '' ? 'It needs a name first' : undefined}
          icon="plus"
          onClick={add}
          size="s"
        >
          Parameter
        </Button>
      </div>
    </Section>
  )
}

function placeOf({ schema }: ParameterModel): number {
  return typeof schema['position'] === 'number' ? schema['position'] : Number.MAX_SAFE_INTEGER
}
