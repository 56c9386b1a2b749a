import { YamlError } from '@st2/yaml'
import { TextLines } from '../text/text-lines.ts'

/** Where a text can not be read. */
export interface TextFault {
  message: string
  /** Both from 1. */
  line: number
  column: number
  offset: number
}

/** One of the texts and what it says. */
export interface FileState<M> {
  /** As it was typed. */
  text: string
  /** Of the last text that could be read. */
  model: M
  /** Whether the model is that of the text. */
  isCurrent: boolean
  fault: TextFault | null
}

/** The state after a change of the text; what can not be read leaves the model as it was. */
export function nextFileState<M>(
  previous: FileState<M>,
  text: string,
  read: (text: string, previous: M) => M,
): FileState<M> {
  if (text === previous.text) return previous
  try {
    return { text, model: read(text, previous.model), isCurrent: true, fault: null }
  } catch (error) {
    return { text, model: previous.model, isCurrent: false, fault: faultOf(text, error) }
  }
}

/** The first state of a text; one that can not be read has the model of an empty one. */
export function firstFileState<M>(text: string, read: (text: string) => M): FileState<M> {
  try {
    return { text, model: read(text), isCurrent: true, fault: null }
  } catch (error) {
    return { text, model: read(''), isCurrent: false, fault: faultOf(text, error) }
  }
}

function faultOf(text: string, error: unknown): TextFault {
  if (!(error instanceof YamlError)) throw error
  const { reason, line, column } = error
  return { message: reason, line, column, offset: new TextLines(text).offset({ line, column }) }
}
