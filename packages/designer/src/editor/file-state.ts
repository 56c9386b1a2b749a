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
  /** Whether the text has been read: until then the model and the fault are those of the text before it. */
  isRead: boolean
}

/** The state after a change of the text; what can not be read leaves the model as it was. One that has not been read yet is. */
export function nextFileState<M>(
  previous: FileState<M>,
  text: string,
  read: (text: string, previous: M) => M,
): FileState<M> {
  if (text === previous.text && previous.isRead) return previous
  try {
    return { text, model: read(text, previous.model), isCurrent: true, fault: null, isRead: true }
  } catch (error) {
    return { text, model: previous.model, isCurrent: false, fault: faultOf(text, error), isRead: true }
  }
}

/** The state after a change of the text that is to be read later. */
export function unreadFileState<M>(previous: FileState<M>, text: string): FileState<M> {
  return text === previous.text ? previous : { ...previous, text, isRead: false }
}

/** The first state of a text; one that can not be read has the model of an empty one. */
export function firstFileState<M>(text: string, read: (text: string) => M): FileState<M> {
  try {
    return { text, model: read(text), isCurrent: true, fault: null, isRead: true }
  } catch (error) {
    return { text, model: read(''), isCurrent: false, fault: faultOf(text, error), isRead: true }
  }
}

function faultOf(text: string, error: unknown): TextFault {
  if (!(error instanceof YamlError)) throw error
  const { reason, line, column } = error
  return { message: reason, line, column, offset: new TextLines(text).offset({ line, column }) }
}
