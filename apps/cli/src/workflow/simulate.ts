import { structuredFormat } from '../commands/print.ts'
import { formatDocument } from '../format/documents.ts'
import { fieldsOf, isFields, type Fields } from '../format/fields.ts'
import { formatList } from '../format/list-table.ts'
import { tableColumns } from '../format/terminal-width.ts'
import { dumpYaml, parseYaml } from '@st2/yaml'
import type { CommandContext, Handler } from '../shell/command-spec.ts'
import { ExitError } from '../shell/errors.ts'
import { definitionOf, readLocal } from './definition.ts'

const COLUMNS = ['step', 'ended', 'status', 'started']

/** This project's own. */
export const simulateWorkflow: Handler = async (context) => {
  const { io, session } = context
  const simulation = await session.client.workflows.simulate({
    definition: await definitionOf(context),
    inputs: await mappingOf(context, 'inputs'),
    outcomes: await mappingOf(context, 'outcomes'),
    datastore: await mappingOf(context, 'datastore'),
  })
  const structured = structuredFormat(context.input)
  if (structured !== null) io.out(`${formatDocument(fieldsOf(simulation), ['all'], structured)}\n`)
  else {
    io.out(`${formatList(simulation.steps.map(rowOf), { attributes: COLUMNS, columns: tableColumns(io) })}\n`)
    const { status, output, errors } = simulation
    io.out(dumpYaml({ status, output, ...(errors.length === 0 ? {} : { errors }) }))
  }
  if (simulation.status === 'failed') throw new ExitError(1)
}

async function mappingOf({ input, io, usageError }: CommandContext, name: string): Promise<Fields | undefined> {
  const given = input.text(name)
  if (given === undefined) return undefined
  const text = given.startsWith('@') ? await readLocal(io.cwd, given.slice(1)) : given
  const value = parseYaml(text)
  if (!isFields(value)) throw usageError(`argument --${name}: an object is expected`)
  return value
}

function rowOf(step: Fields): Fields {
  const event = isFields(step['event']) ? step['event'] : {}
  const effects = Array.isArray(step['effects']) ? step['effects'].filter(isFields) : []
  return {
    step: step['seq'],
    ended: event['type'] === 'action' ? event['id'] : event['type'],
    status: event['status'] ?? '',
    started: effects
      .filter(({ type }) => type === 'start')
      .map(({ id, action }) => `${String(id)} ${String(action)}`)
      .join(', '),
  }
}
